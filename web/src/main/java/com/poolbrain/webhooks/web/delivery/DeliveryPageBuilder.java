package com.poolbrain.webhooks.web.delivery;

import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.events.WireTimestamp;
import com.poolbrain.webhooks.management.DeliveryDetails;
import com.poolbrain.webhooks.store.query.LoggedAttempt;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import com.poolbrain.webhooks.web.component.StatusView;
import com.poolbrain.webhooks.web.component.StatusWords;
import com.poolbrain.webhooks.web.delivery.DeliveryPageView.Redeliver;
import com.poolbrain.webhooks.web.delivery.DeliveryPageView.RequestView;
import com.poolbrain.webhooks.web.delivery.DeliveryPageView.ResponseView;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.EndpointNames;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.PrettyJson;
import com.poolbrain.webhooks.web.page.Times;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the page of one delivery from what is stored.
final class DeliveryPageBuilder {

  private static final String SIGNATURE = "X-Webhook-Signature";
  private static final int KEPT_BYTES = 16 * 1024;

  private final RetrySchedule schedule;
  private final Duration retention;

  DeliveryPageBuilder(RetrySchedule schedule, Duration retention) {
    this.schedule = schedule;
    this.retention = retention;
  }

  /// @param error why the last form was refused; null if there was none
  DeliveryPageView build(
      CompanyRequest request,
      DeliveryDetails details,
      Company company,
      EndpointNames endpoints,
      @Nullable String error) {
    LoggedDelivery delivery = details.detail().delivery();
    Endpoint endpoint = endpoints.find(delivery.endpointId());
    String path = request.paths().delivery(delivery.id());
    LoggedAttempt chosen = choose(details.detail().attempts(), request.query().text("attempt"));
    return new DeliveryPageView(
        path,
        delivery.eventName(),
        DeliveryRow.tags(delivery),
        StatusWords.of(delivery.status()),
        delivery.id().toString(),
        delivery.eventId().toString(),
        endpoints.host(delivery.endpointId()),
        endpoint == null ? null : request.paths().endpoint(delivery.endpointId()),
        delivery.occurredAt(),
        delivery.status() == DeliveryStatus.RETRYING ? delivery.nextAttemptAt() : null,
        attempts(delivery, details.detail().attempts()),
        AttemptSteps.of(details.detail(), schedule, retention, request.times(), path),
        new Redeliver(refusal(delivery, company, endpoint)),
        delivery.status() == DeliveryStatus.PENDING || delivery.status() == DeliveryStatus.RETRYING,
        supportDetails(delivery, details.request(), endpoints),
        requestView(details, request.query().text("body").equals("pretty")),
        chosen == null ? null : responseView(chosen),
        error,
        delivery.status() == DeliveryStatus.DELIVERING);
  }

  private static @Nullable LoggedAttempt choose(List<LoggedAttempt> attempts, String number) {
    return attempts.stream()
        .filter(attempt -> Integer.toString(attempt.number()).equals(number))
        .findFirst()
        .orElse(attempts.isEmpty() ? null : attempts.getLast());
  }

  /// Why a redelivery would be refused; null if it would not.
  private static @Nullable String refusal(
      LoggedDelivery delivery, Company company, @Nullable Endpoint endpoint) {
    if (endpoint == null) {
      return "The endpoint was deleted; nothing can be sent to it.";
    }
    if (!company.webhooksEnabled()) {
      return "Webhooks are off; switch them on first.";
    }
    return delivery.status() == DeliveryStatus.DELIVERING
        ? "An attempt is running; wait until it has ended."
        : null;
  }

  private String attempts(LoggedDelivery delivery, List<LoggedAttempt> all) {
    long manual = all.stream().filter(a -> a.trigger() == Trigger.MANUAL).count();
    int max = delivery.isTest() ? 1 : schedule.maxAttempts();
    int made = delivery.isTest() ? all.size() : delivery.scheduleStep();
    return Math.min(made, max)
        + " of "
        + max
        + (manual == 0 ? "" : ", and " + Numbers.format(manual) + " manual");
  }

  private static String supportDetails(
      LoggedDelivery delivery, @Nullable WebhookRequest request, EndpointNames endpoints) {
    return String.join(
        "\n",
        "Event: " + delivery.eventId(),
        "Delivery: " + delivery.id(),
        "Time: " + WireTimestamp.format(delivery.occurredAt()),
        "Endpoint: "
            + (request == null ? endpoints.url(delivery.endpointId()) : request.url().toString()));
  }

  private static RequestView requestView(DeliveryDetails details, boolean isPretty) {
    WebhookRequest request = details.request();
    String body = new String(details.body(), StandardCharsets.US_ASCII);
    List<Map.Entry<String, String>> headers = request == null ? List.of() : request.headers();
    return new RequestView(
        request == null ? null : request.url().toString(),
        headers,
        body,
        isPretty ? PrettyJson.of(body) : body,
        isPretty,
        Numbers.format(details.body().length) + " bytes",
        request == null ? null : CurlCommand.of(request),
        headers.stream()
            .filter(header -> header.getKey().equalsIgnoreCase(SIGNATURE))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(""));
  }

  private static ResponseView responseView(LoggedAttempt attempt) {
    AttemptDetails details = attempt.details();
    String body = attempt.statusCode() == null ? null : attempt.responseBody();
    return new ResponseView(
        attempt.number(),
        attempt.error() == null
            ? new StatusView("ok", "delivered", AttemptSteps.result(attempt))
            : new StatusView("bad", "failed", AttemptSteps.result(attempt)),
        Times.duration(attempt.duration().toMillis()),
        attempt.url(),
        details == null ? Map.of() : details.responseHeaders(),
        body == null || body.isEmpty() ? null : body,
        bodyTitle(attempt),
        note(attempt));
  }

  private static String bodyTitle(LoggedAttempt attempt) {
    AttemptDetails details = attempt.details();
    Integer read = details == null ? null : details.responseBytes();
    if (read == null) {
      return "Body as text";
    }
    return read >= KEPT_BYTES
        ? "Body as text, cut after 16 KiB"
        : "Body as text, " + Numbers.format(read) + " bytes";
  }

  private static @Nullable String note(LoggedAttempt attempt) {
    if (attempt.statusCode() == null) {
      return "There was no response.";
    }
    if (attempt.details() == null) {
      return "Of a delivered first attempt only status, time and the first KiB of the body are kept.";
    }
    String body = attempt.responseBody();
    return body == null || body.isEmpty() ? "The response had no body." : null;
  }
}
