package com.poolbrain.webhooks.web.delivery;

import com.poolbrain.webhooks.web.component.StatusView;
import com.poolbrain.webhooks.web.component.TagView;
import com.poolbrain.webhooks.web.component.TrailStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The page of one delivery.
///
/// @param host of the endpoint
/// @param endpointPath page of the endpoint; null if it was deleted
/// @param attempts automatic ones of the schedule, and manual ones, in words
/// @param redeliver whether and why not
/// @param canCancel whether an attempt is planned that can be cancelled
/// @param supportDetails what support needs, one a line
/// @param error why the last form was refused; null if there was none
/// @param reloads whether the page changes by itself soon
record DeliveryPageView(
    String path,
    String event,
    List<TagView> tags,
    StatusView status,
    String id,
    String eventId,
    String host,
    @Nullable String endpointPath,
    Instant occurredAt,
    @Nullable Instant nextAttemptAt,
    String attempts,
    List<TrailStep> steps,
    Redeliver redeliver,
    boolean canCancel,
    String supportDetails,
    RequestView request,
    @Nullable ResponseView response,
    @Nullable String error,
    boolean reloads) {

  /// Whether the delivery can be redelivered.
  ///
  /// @param refusal why not; null if it can
  record Redeliver(@Nullable String refusal) {}

  /// The request as it is sent now.
  ///
  /// @param url null if the endpoint was deleted or its secret can't be read
  /// @param headers in their order
  /// @param body the exact bytes, which are ASCII
  /// @param shown the body, indented if that was asked for
  /// @param curl null if there is no URL
  /// @param signature of the body with the active secret; empty if there is none
  record RequestView(
      @Nullable String url,
      List<Map.Entry<String, String>> headers,
      String body,
      String shown,
      boolean isPretty,
      String size,
      @Nullable String curl,
      String signature) {

    /// URL and headers may have tokens of the endpoint.
    @Override
    public String toString() {
      return "RequestView[hidden]";
    }
  }

  /// The response of an attempt.
  ///
  /// @param attempt its number
  /// @param url where the request went; null if that is not known any more
  /// @param body null if there was no response, or none of it is kept
  /// @param bodyTitle what of the body is shown
  /// @param note what is not kept, or what to know; null for nothing
  record ResponseView(
      int attempt,
      StatusView status,
      String duration,
      @Nullable String url,
      Map<String, String> headers,
      @Nullable String body,
      String bodyTitle,
      @Nullable String note) {

    /// URL and response may have tokens of the endpoint.
    @Override
    public String toString() {
      return "ResponseView[" + attempt + ", rest hidden]";
    }
  }
}
