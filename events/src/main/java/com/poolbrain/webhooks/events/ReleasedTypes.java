package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.EventTypeDefinition.About;
import com.poolbrain.webhooks.events.EventTypeDefinition.Use;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The types that consumers were promised. Schemas and samples stand in files of the same name.
final class ReleasedTypes {

  private static final Use SINGLE = new Use(false, true);
  private static final Use GROUPED = new Use(true, true);
  private static final Use PING = new Use(false, false);

  private ReleasedTypes() {}

  static List<EventTypeDefinition> all() {
    return List.of(
        type(
            EventNames.of("customer.created"),
            new About(
                "Customer", "A new customer was created: manually, by an import, or by a sync."),
            GROUPED,
            List.of("customerId")),
        type(
            new EventNames("customer.status.updated", List.of("customer.status.changed")),
            new About(
                "Customer",
                "The status of a customer changed, for example from active to inactive."),
            SINGLE,
            List.of("customerId")),
        type(
            new EventNames("job.one_time.created", List.of("job.created")),
            new About("Job", "A one-time job was created."),
            SINGLE,
            List.of("jobNumber")),
        type(
            new EventNames("job.one_time.deleted", List.of("job.Deleted")),
            new About("Job", "A one-time job was permanently deleted."),
            SINGLE,
            List.of("jobNumber")),
        type(
            EventNames.of("job.one_time.schedule.changed"),
            new About("Job", "A one-time job was moved, re-routed, or unscheduled."),
            GROUPED,
            List.of("jobId")),
        type(
            EventNames.of("technician.route.changed"),
            new About("Route", "A technician was assigned to a route, or unassigned from it."),
            SINGLE,
            List.of()),
        type(
            EventNames.of("webhook.ping"),
            new About(
                "System", "Somebody tested the endpoint. It is sent by the test button only."),
            PING,
            List.of()));
  }

  private static EventTypeDefinition type(
      EventNames names, About about, Use use, List<String> searchReferences) {
    String name = names.canonical();
    return new EventTypeDefinition(
        names,
        about,
        use,
        DataSchema.parse(resource("schemas/" + name + ".json"), searchReferences),
        new Samples(
            resource("samples/" + name + ".json"),
            use.mayBeGrouped() ? resource("samples/" + name + ".grouped.json") : null));
  }

  private static String resource(String path) {
    try (InputStream file = ReleasedTypes.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException("The build is incomplete: " + path + " is missing.");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
