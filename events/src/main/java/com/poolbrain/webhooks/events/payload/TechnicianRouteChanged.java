package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;
import org.jspecify.annotations.Nullable;

/// `technician.route.changed`: a technician was assigned to a route, or unassigned from it.
///
/// @param technicianFirstName the technician's first name
/// @param technicianLastName the technician's last name
/// @param routeName the route that the technician has now; null when unassigned
public record TechnicianRouteChanged(
    String technicianFirstName, String technicianLastName, @Nullable String routeName)
    implements Payload {

  static TechnicianRouteChanged of(DataItem item) {
    return new TechnicianRouteChanged(
        item.getString("technicianFirstName"),
        item.getString("technicianLastName"),
        item.getStringOrNull("routeName"));
  }
}
