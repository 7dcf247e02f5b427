package com.poolbrain.webhooks.cli.demo;

import java.util.List;
import java.util.Locale;

/// Who listens to the company of the story.
enum Subscriber {
  /// Keeps customers: takes everything at once.
  CRM,
  /// Sends technicians: takes everything at once.
  DISPATCH,
  /// Fails twice and recovers.
  BILLING,
  /// Never recovers.
  LEGACY;

  /// Its name in the story, and the path of its endpoint.
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What there is to know about it beforehand.
  String note() {
    return switch (this) {
      case CRM, DISPATCH -> "";
      case BILLING -> "  (an alias; fails twice, then recovers)";
      case LEGACY -> "  (never recovers)";
    };
  }

  /// How many attempts of each delivery it refuses.
  int failuresPerDelivery() {
    return switch (this) {
      case CRM, DISPATCH -> 0;
      case BILLING -> 2;
      case LEGACY -> Integer.MAX_VALUE;
    };
  }

  /// The event names that it ticks.
  List<String> subscribedEvents() {
    return switch (this) {
      case CRM -> List.of("customer.created", "customer.status.updated");
      case DISPATCH -> List.of("job.one_time.schedule.changed", "technician.route.changed");
      case BILLING -> List.of("customer.status.changed");
      case LEGACY -> List.of("job.one_time.deleted");
    };
  }
}
