package com.poolbrain.webhooks.consumer.test;

import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;

/// Events with the samples of the catalogue, as the consumer guide shows them.
public final class Samples {

  private Samples() {}

  /// `customer.created` with one customer.
  public static Sample customerCreated() {
    return single("customer.created");
  }

  /// `customer.created` with a group of customers, as an import makes them.
  public static Sample customersImported() {
    return grouped("customer.created");
  }

  /// `customer.status.updated`.
  public static Sample customerStatusUpdated() {
    return single("customer.status.updated");
  }

  /// `customer.status.updated` of one customer.
  ///
  /// @param status `active`, `inactive`, `lead`, or one that this release does not know
  public static Sample customerStatusUpdated(long customerId, String status) {
    return Sample.of(
        "customer.status.updated",
        "{\"customerId\":%d,\"displayName\":\"John Doe\",\"currentStatus\":\"%s\"}"
            .formatted(customerId, status));
  }

  /// `job.one_time.created`.
  public static Sample oneTimeJobCreated() {
    return single("job.one_time.created");
  }

  /// `job.one_time.deleted`.
  public static Sample oneTimeJobDeleted() {
    return single("job.one_time.deleted");
  }

  /// `job.one_time.schedule.changed` with one job.
  public static Sample oneTimeJobScheduleChanged() {
    return single("job.one_time.schedule.changed");
  }

  /// `job.one_time.schedule.changed` with a group of jobs, as a bulk move makes them.
  public static Sample oneTimeJobsMoved() {
    return grouped("job.one_time.schedule.changed");
  }

  /// `technician.route.changed`.
  public static Sample technicianRouteChanged() {
    return single("technician.route.changed");
  }

  /// `webhook.ping`, which the test button sends.
  public static Sample webhookPing() {
    return single("webhook.ping");
  }

  /// An event of a type that this release does not know.
  public static Sample unknownEvent() {
    return Sample.of("pool.opened.v9", "{\"poolId\":1}");
  }

  private static Sample single(String event) {
    return new Sample(event, type(event).samples().single());
  }

  private static Sample grouped(String event) {
    String data = type(event).samples().grouped();
    if (data == null) {
      throw new IllegalArgumentException(event + " is never grouped.");
    }
    return new Sample(event, data);
  }

  private static EventTypeDefinition type(String event) {
    return EventCatalogue.builtIn()
        .find(event)
        .orElseThrow(() -> new IllegalArgumentException("There is no event " + event + "."))
        .type();
  }
}
