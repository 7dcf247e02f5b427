package com.poolbrain.webhooks.cli.demo;

import java.util.List;
import java.util.Locale;

/// A receiver that is subscribed to events of the demo company.
enum Subscriber {
  /// Customer management: accepts every attempt.
  CRM,
  /// Route planning: accepts every attempt.
  DISPATCH,
  /// Fails the first two attempts of each delivery.
  BILLING,
  /// Fails every attempt.
  LEGACY,
  /// Accepts every attempt, but is paused. It is not in the script.
  REPORTS;

  /// Those that the script of the demo uses.
  static List<Subscriber> ofScript() {
    return List.of(CRM, DISPATCH, BILLING, LEGACY);
  }

  /// The name in the output, and the path of the endpoint.
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// How the receiver will behave; empty if it accepts everything.
  String note() {
    return switch (this) {
      case CRM, DISPATCH, REPORTS -> "";
      case BILLING -> "  (an alias; fails 2 attempts, then recovers)";
      case LEGACY -> "  (never recovers)";
    };
  }

  /// How many attempts of each delivery fail before one is accepted.
  int failuresPerDelivery() {
    return switch (this) {
      case CRM, DISPATCH, REPORTS -> 0;
      case BILLING -> 2;
      case LEGACY -> Integer.MAX_VALUE;
    };
  }

  /// The subscribed event names.
  List<String> subscribedEvents() {
    return switch (this) {
      case CRM -> List.of("customer.created", "customer.status.updated");
      case DISPATCH -> List.of("job.one_time.schedule.changed", "technician.route.changed");
      case BILLING -> List.of("customer.status.changed");
      case LEGACY -> List.of("job.one_time.deleted");
      case REPORTS -> List.of("customer.created", "technician.route.changed");
    };
  }
}
