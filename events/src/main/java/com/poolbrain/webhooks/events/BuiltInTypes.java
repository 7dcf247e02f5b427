package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.EventTypeDefinition.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// The event types of the consumer guide. Schemas and samples are resources of the same name.
final class BuiltInTypes {

  private static final String PING = "webhook.ping";
  private static final Set<String> GROUPED =
      Set.of("customer.created", "job.one_time.schedule.changed");

  private BuiltInTypes() {}

  static List<EventTypeDefinition> all() {
    return List.of(
        define(
            EventTypeNames.of("customer.created"),
            "Customer",
            "A new customer was created: manually, by an import, or by a sync.",
            "customerId"),
        define(
            new EventTypeNames("customer.status.updated", List.of("customer.status.changed")),
            "Customer",
            "The status of a customer changed, for example from active to inactive.",
            "customerId"),
        define(
            new EventTypeNames("job.one_time.created", List.of("job.created")),
            "Job",
            "A one-time job was created.",
            "jobNumber"),
        define(
            new EventTypeNames("job.one_time.deleted", List.of("job.Deleted")),
            "Job",
            "A one-time job was permanently deleted.",
            "jobNumber"),
        define(
            EventTypeNames.of("job.one_time.schedule.changed"),
            "Job",
            "A one-time job was moved, re-routed, or unscheduled.",
            "jobId"),
        define(
            EventTypeNames.of("technician.route.changed"),
            "Route",
            "A technician was assigned to a route, or unassigned from it."),
        define(
            EventTypeNames.of(PING),
            "System",
            "An endpoint was tested. Only the test button sends this event."));
  }

  private static EventTypeDefinition define(
      EventTypeNames names, String category, String description, String... searchableFields) {
    String name = names.canonical();
    boolean mayBeGrouped = GROUPED.contains(name);
    return new EventTypeDefinition(
        names,
        category,
        description,
        mayBeGrouped,
        !name.equals(PING),
        DataSchema.parse(readResource("schemas/" + name + ".json"), List.of(searchableFields)),
        new Samples(
            readResource("samples/" + name + ".json"),
            mayBeGrouped ? readResource("samples/" + name + ".grouped.json") : null));
  }

  private static String readResource(String path) {
    try (InputStream file = BuiltInTypes.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException(
            "The resource " + path + " is missing; build the module again.");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
