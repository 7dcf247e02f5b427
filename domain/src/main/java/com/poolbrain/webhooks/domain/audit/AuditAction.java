package com.poolbrain.webhooks.domain.audit;

import com.poolbrain.webhooks.domain.WireNamed;

/// What an entry of the audit says was done.
public enum AuditAction implements WireNamed {
  COMPANY_CREATED("company.created"),
  COMPANY_RENAMED("company.renamed"),
  COMPANY_DELETED("company.deleted"),
  WEBHOOKS_ENABLED("webhooks.enabled"),
  WEBHOOKS_DISABLED("webhooks.disabled"),
  ENDPOINT_CREATED("endpoint.created"),
  ENDPOINT_UPDATED("endpoint.updated"),
  ENDPOINT_DELETED("endpoint.deleted"),
  ENDPOINT_TESTED("endpoint.tested"),
  SECRET_REVEALED("secret.revealed"),
  SECRET_ROLLED("secret.rolled"),
  SECRET_ROLL_CANCELLED("secret.roll_cancelled"),
  SECRET_ACTIVATED("secret.activated"),
  SECRET_PREVIOUS_REVOKED("secret.previous_revoked"),
  DELIVERY_REDELIVERED("delivery.redelivered"),
  DELIVERY_CANCELLED("delivery.cancelled"),
  /// Open deliveries were dropped by the retention.
  DELIVERIES_EXPIRED("deliveries.expired"),
  JOB_STARTED("job.started"),
  JOB_CANCELLED("job.cancelled"),
  EVENT_TYPE_CHANGED("event_type.changed"),
  KEY_CREATED("key.created"),
  KEY_REVOKED("key.revoked"),
  SESSION_STARTED("session.started");

  private final String wireName;

  AuditAction(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /// The action with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no action has this name
  public static AuditAction fromWireName(String wireName) {
    return WireNamed.find(AuditAction.class, "audit action", wireName);
  }
}
