package com.poolbrain.webhooks.domain.audit;

import org.jspecify.annotations.Nullable;

/// Who changes or reveals something.
///
/// @param name `key:<id>`, `user:<user> via key:<id>`, or a name of the service itself: `settings`
/// @param fromAddress the IP address of the caller; null for the service itself
public record Actor(String name, @Nullable String fromAddress) {

  /// The settings of the service, which define the first operator key.
  public static final Actor SETTINGS = new Actor("settings", null);

  /// The background work of the service.
  public static final Actor SERVICE = new Actor("service", null);
}
