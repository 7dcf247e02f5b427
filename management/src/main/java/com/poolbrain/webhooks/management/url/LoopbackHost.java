package com.poolbrain.webhooks.management.url;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The hosts of URLs that never leave the machine.
public final class LoopbackHost {

  private LoopbackHost() {}

  /// Whether a host is `localhost` or a literal loopback address. Nothing is resolved.
  public static boolean matches(@Nullable String host) {
    if (host == null || host.equals("localhost")) {
      return host != null;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
