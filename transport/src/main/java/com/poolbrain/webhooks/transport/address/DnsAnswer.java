package com.poolbrain.webhooks.transport.address;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The addresses of a host name, or the reason why there are none.
///
/// @param addresses empty if there are none
/// @param failure one sentence; null if there are addresses
public record DnsAnswer(List<InetAddress> addresses, @Nullable String failure) {

  static final DnsAnswer TIMEOUT = failed("The name servers did not answer in time.");

  static DnsAnswer found(List<InetAddress> addresses) {
    return addresses.isEmpty()
        ? failed("The host name has no address.")
        : new DnsAnswer(List.copyOf(addresses), null);
  }

  static DnsAnswer failed(String failure) {
    return new DnsAnswer(List.of(), failure);
  }

  /// The answer that a failure of the resolver means.
  static DnsAnswer of(@Nullable Throwable failure) {
    if (isTimeout(failure)) {
      return TIMEOUT;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DnsErrorCauseException error) {
        return failed(
            error.getCode().equals(DnsResponseCode.NXDOMAIN)
                ? "The host name does not exist (NXDOMAIN)."
                : "The name servers answered " + error.getCode() + ".");
      }
    }
    return failed("The host name has no address.");
  }

  /// Whether a name server did not answer, so that the question may be asked again.
  static boolean isTimeout(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DnsNameResolverTimeoutException) {
        return true;
      }
    }
    return false;
  }
}
