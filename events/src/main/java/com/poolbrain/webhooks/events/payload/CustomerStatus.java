package com.poolbrain.webhooks.events.payload;

/// The status of a customer.
public enum CustomerStatus {
  /// `active`
  ACTIVE,
  /// `inactive`
  INACTIVE,
  /// `lead`
  LEAD,
  /// A status that this release does not know.
  UNKNOWN;

  static CustomerStatus fromWireName(String wireName) {
    return switch (wireName) {
      case "active" -> ACTIVE;
      case "inactive" -> INACTIVE;
      case "lead" -> LEAD;
      default -> UNKNOWN;
    };
  }
}
