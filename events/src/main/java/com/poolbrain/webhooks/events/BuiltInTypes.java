package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.EventTypeDefinition.Capabilities;
import com.poolbrain.webhooks.events.EventTypeDefinition.Documentation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The types that consumers were promised. Schemas and samples stand in files of the same name.
final class BuiltInTypes {

  private static final Capabilities SINGLE = new Capabilities(false, true);
  private static final Capabilities GROUPED = new Capabilities(true, true);
  private static final Capabilities PING = new Capabilities(false, false);

  private BuiltInTypes() {}

  static List<EventTypeDefinition> all() {
    return List.of(
        definition(
            EventTypeNames.of("customer.created"),
            new Documentation(
                "Customer", "A new customer was created: manually, by an import, or by a sync."),
            GROUPED,
            List.of("customerId")),
        definition(
            new EventTypeNames("customer.status.updated", List.of("customer.status.changed")),
            new Documentation(
                "Customer",
                "The status of a customer changed, for example from active to inactive."),
            SINGLE,
            List.of("customerId")),
        definition(
            new EventTypeNames("job.one_time.created", List.of("job.created")),
            new Documentation("Job", "A one-time job was created."),
            SINGLE,
            List.of("jobNumber")),
        definition(
            new EventTypeNames("job.one_time.deleted", List.of("job.Deleted")),
            new Documentation("Job", "A one-time job was permanently deleted."),
            SINGLE,
            List.of("jobNumber")),
        definition(
            EventTypeNames.of("job.one_time.schedule.changed"),
            new Documentation("Job", "A one-time job was moved, re-routed, or unscheduled."),
            GROUPED,
            List.of("jobId")),
        definition(
            EventTypeNames.of("technician.route.changed"),
            new Documentation(
                "Route", "A technician was assigned to a route, or unassigned from it."),
            SINGLE,
            List.of()),
        definition(
            EventTypeNames.of("webhook.ping"),
            new Documentation(
                "System", "Somebody tested the endpoint. It is sent by the test button only."),
            PING,
            List.of()));
  }

  private static EventTypeDefinition definition(
      EventTypeNames names,
      Documentation documentation,
      Capabilities capabilities,
      List<String> searchableFields) {
    String name = names.canonical();
    return new EventTypeDefinition(
        names,
        documentation,
        capabilities,
        DataSchema.parse(readResource("schemas/" + name + ".json"), searchableFields),
        new Samples(
            readResource("samples/" + name + ".json"),
            capabilities.mayBeGrouped()
                ? readResource("samples/" + name + ".grouped.json")
                : null));
  }

  private static String readResource(String path) {
    try (InputStream file = BuiltInTypes.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException("The build is incomplete: " + path + " is missing.");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
