package com.poolbrain.webhooks.transport;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The addresses of a host, or the reason why there are none.
///
/// @param addresses the preferred one first; empty if there are none
/// @param failure one sentence; null if there are addresses
public record HostAddresses(List<JudgedAddress> addresses, @Nullable String failure) {

  /// An address and what the egress policy says of it.
  ///
  /// @param refusal why it may not be sent to, in words that follow "which is"; null if it may
  public record JudgedAddress(InetAddress address, @Nullable String refusal) {}
}
