package com.poolbrain.webhooks.domain;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known about an attempt beside its outcome, for people who look for the cause of a
/// failure.
///
/// @param url that the request was sent to
/// @param plannedAt earliest start by the schedule; null for a manual or test attempt
/// @param address IP address that a connection was made to or tried; null if there was none
/// @param detail what failed, in one or two sentences; null if the error class says it all
/// @param responseHeaders `Content-Type`, `Retry-After`, `Server` and `Location`, as far as
///   received
/// @param responseBytes bytes of the response body that were read; null if there was no response
/// @param actor caller who asked for a manual or test attempt; null for an automatic one
public record AttemptDetails(
    String url,
    @Nullable Instant plannedAt,
    @Nullable String address,
    @Nullable String detail,
    Map<String, String> responseHeaders,
    @Nullable Integer responseBytes,
    @Nullable String actor) {

  /// Where a redirect pointed, as a whole URL if it is one; null if the response named no place.
  public @Nullable String location() {
    String location = responseHeaders.get("Location");
    try {
      return location == null ? null : URI.create(url).resolve(location).toString();
    } catch (IllegalArgumentException noUrl) {
      return location;
    }
  }

  /// URL, response headers and detail may have tokens of the endpoint.
  @Override
  public String toString() {
    return "AttemptDetails[hidden]";
  }
}
