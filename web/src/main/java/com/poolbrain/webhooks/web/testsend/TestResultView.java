package com.poolbrain.webhooks.web.testsend;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.store.query.DeliveryDetail;
import com.poolbrain.webhooks.store.query.LoggedAttempt;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The result of a test send.
///
/// @param detail of a failure; null for none
/// @param path of the delivery
public record TestResultView(
    boolean delivered,
    String title,
    String event,
    Instant sentAt,
    @Nullable String detail,
    String path) {

  /// The result that a delivery shows; null if it has no attempt.
  public static @Nullable TestResultView of(DeliveryDetail detail, String path) {
    if (detail.attempts().isEmpty()) {
      return null;
    }
    LoggedAttempt attempt = detail.attempts().getLast();
    ErrorClass error = attempt.error();
    Integer code = attempt.statusCode();
    String took = Times.duration(attempt.duration().toMillis());
    String title =
        error == null
            ? "Delivered. Your server answered %s in %s".formatted(code, took)
            : code == null
                ? "Not delivered: %s after %s".formatted(error.wireName(), took)
                : "Not delivered. Your server answered %s in %s".formatted(code, took);
    return new TestResultView(
        error == null,
        title,
        detail.delivery().eventName(),
        attempt.startedAt(),
        error == null ? null : explain(error, attempt),
        path);
  }

  /// The result of a delivery of the endpoint of a request; null if it has no such delivery, or not
  /// any more.
  public static @Nullable TestResultView find(
      DeliveryManagement deliveries, CompanyRequest request, UUID delivery) {
    DeliveryDetail detail = findDetail(deliveries, request, delivery);
    return detail == null ? null : of(detail, request.paths().delivery(delivery));
  }

  /// A delivery of the endpoint of a request; null if it has no such delivery, or not any more.
  static @Nullable DeliveryDetail findDetail(
      DeliveryManagement deliveries, CompanyRequest request, UUID delivery) {
    try {
      DeliveryDetail detail =
          deliveries.get(request.principal(), request.companyId(), delivery).detail();
      return detail.delivery().endpointId().equals(request.endpointId()) ? detail : null;
    } catch (NotFound _) {
      return null; // retention, or a made-up id
    }
  }

  private static String explain(ErrorClass error, LoggedAttempt attempt) {
    String more = attempt.details() == null ? null : attempt.details().detail();
    return error.description() + (more == null ? "" : " " + more);
  }
}
