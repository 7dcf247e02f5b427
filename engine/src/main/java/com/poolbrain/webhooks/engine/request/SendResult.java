package com.poolbrain.webhooks.engine.request;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The result of sending a request. Only the outcome decides what happens to the delivery. The rest
/// is for people who look for the cause of a failure.
///
/// @param address to which a connection was made or tried; null if there was none
/// @param detail what failed, in one or two sentences; null if the error class says it all
/// @param responseHeaders `Content-Type`, `Retry-After`, `Server` and `Location`, as far as
///   received
/// @param responseBytes bytes of the response body that were read
/// @param certificate that the server showed when the connection was opened; null without TLS, or
///   without a connection
public record SendResult(
    Outcome outcome,
    @Nullable InetAddress address,
    @Nullable String detail,
    Map<String, String> responseHeaders,
    int responseBytes,
    @Nullable ShownCertificate certificate) {

  /// A result of which only the outcome is known.
  public static SendResult of(Outcome outcome) {
    return new SendResult(outcome, null, null, Map.of(), 0, null);
  }

  /// A failure without a response.
  public static SendResult failed(
      ErrorClass error, @Nullable String detail, @Nullable InetAddress address) {
    return new SendResult(new Outcome.Failed(error), address, detail, Map.of(), 0, null);
  }

  public SendResult withCertificate(@Nullable ShownCertificate newCertificate) {
    return new SendResult(outcome, address, detail, responseHeaders, responseBytes, newCertificate);
  }
}
