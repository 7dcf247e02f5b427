package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;
import org.jspecify.annotations.Nullable;

/// `technician.route.changed`: a technician was assigned to a route, or unassigned from it.
///
/// @param technicianFirstName first name of the technician
/// @param technicianLastName last name of the technician
/// @param routeName route to which the technician is assigned now; null if none
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
