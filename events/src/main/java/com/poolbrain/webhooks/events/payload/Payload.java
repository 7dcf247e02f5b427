package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.EventCatalogue;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// One thing that happened, as a typed record. There may be more kinds in later releases, so a
/// `switch` over them needs a `default`; [UnknownPayload] is what this release does not know.
///
/// ```
/// for (Payload payload : Payload.all(Envelope.read(body))) {
///   if (payload instanceof CustomerCreated created) {
///     welcome(created.customerId(), created.displayName());
///   }
/// }
/// ```
public sealed interface Payload
    permits CustomerCreated,
        CustomerStatusUpdated,
        OneTimeJobCreated,
        OneTimeJobDeleted,
        OneTimeJobScheduleChanged,
        TechnicianRouteChanged,
        WebhookPing,
        UnknownPayload {

  /// Everything that an envelope tells, in its order.
  ///
  /// @throws IllegalArgumentException as [#read] does
  static List<Payload> readAll(Envelope envelope) {
    return envelope.data().items().stream().map(item -> read(envelope.event(), item)).toList();
  }

  /// One item of an envelope. Fields that the record does not have are passed over.
  ///
  /// @param event the name in the envelope: canonical or an alias, in any case
  /// @throws IllegalArgumentException if a field is missing or of another type, saying which
  static Payload read(String event, ObjectNode item) {
    String name =
        EventCatalogue.builtIn().find(event).map(named -> named.type().name()).orElse(event);
    var fields = new ItemFields(item);
    return switch (name) {
      case "customer.created" -> CustomerCreated.of(fields);
      case "customer.status.updated" -> CustomerStatusUpdated.of(fields);
      case "job.one_time.created" -> OneTimeJobCreated.of(fields);
      case "job.one_time.deleted" -> OneTimeJobDeleted.of(fields);
      case "job.one_time.schedule.changed" -> OneTimeJobScheduleChanged.of(fields);
      case "technician.route.changed" -> TechnicianRouteChanged.of(fields);
      case "webhook.ping" -> WebhookPing.of(fields);
      default -> new UnknownPayload(event, item);
    };
  }
}
