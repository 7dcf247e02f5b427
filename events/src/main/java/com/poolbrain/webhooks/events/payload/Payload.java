package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.EventCatalogue;
import java.util.List;

/// One item of an envelope as a typed record. Later releases may add records, so a `switch` over
/// them needs a `default`. An item of a type that this release does not know is an
/// [UnknownPayload].
///
/// ```
/// for (Payload payload : Payload.readAll(Envelope.read(body))) {
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

  /// All items of an envelope, in their order.
  ///
  /// @throws IllegalArgumentException as [#read] does
  static List<Payload> readAll(Envelope envelope) {
    return envelope.data().items().stream().map(item -> read(envelope.event(), item)).toList();
  }

  /// One item of an envelope. Fields that the record does not have are ignored.
  ///
  /// @param event the name in the envelope: canonical or an alias, in any case
  /// @throws IllegalArgumentException if a field is missing or has another type; the message names
  ///   it
  static Payload read(String event, DataItem item) {
    String name =
        EventCatalogue.builtIn().find(event).map(named -> named.type().name()).orElse(event);
    return switch (name) {
      case "customer.created" -> CustomerCreated.of(item);
      case "customer.status.updated" -> CustomerStatusUpdated.of(item);
      case "job.one_time.created" -> OneTimeJobCreated.of(item);
      case "job.one_time.deleted" -> OneTimeJobDeleted.of(item);
      case "job.one_time.schedule.changed" -> OneTimeJobScheduleChanged.of(item);
      case "technician.route.changed" -> TechnicianRouteChanged.of(item);
      case "webhook.ping" -> WebhookPing.of(item);
      default -> new UnknownPayload(event, item);
    };
  }
}
