package com.poolbrain.webhooks.events.payload;

import org.jspecify.annotations.Nullable;

/// `technician.route.changed`: a technician was assigned to a route, or unassigned from it.
///
/// @param technicianFirstName the technician's first name
/// @param technicianLastName the technician's last name
/// @param routeName the route that the technician has now; null when unassigned
public record TechnicianRouteChanged(
    String technicianFirstName, String technicianLastName, @Nullable String routeName)
    implements Payload {

  static TechnicianRouteChanged of(ItemFields item) {
    return new TechnicianRouteChanged(
        item.text("technicianFirstName"),
        item.text("technicianLastName"),
        item.textOrNull("routeName"));
  }
}
