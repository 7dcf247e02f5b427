package com.poolbrain.webhooks.cli.doctor;

import com.poolbrain.webhooks.cli.doctor.Finding.Step;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.EndpointProbe;
import com.poolbrain.webhooks.engine.request.SendResult;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.management.url.EndpointUrlValidator;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.transport.HostAddresses;
import com.poolbrain.webhooks.transport.HostAddresses.JudgedAddress;
import com.poolbrain.webhooks.transport.HttpTransport;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Examines an endpoint with the code that delivers webhooks: rules of the URL, addresses,
/// connection and certificate, and one test request. Stops at the first step that fails.
///
/// Its request is a `webhook.ping` with `X-Webhook-Test: true`, like that of the page's test
/// button.
public final class EndpointDoctor {

  private static final Duration EXPIRES_SOON = Duration.ofDays(14);
  private static final Duration SLOW = Duration.ofSeconds(3);
  private static final String PING = "webhook.ping";

  private final EndpointUrlValidator urlRules;
  private final HttpTransport transport;
  private final Duration timeout;
  private final InstantSource clock;
  private final Consumer<Finding> report;

  /// @param timeout of each step
  /// @param report gets each finding as soon as it is known
  public EndpointDoctor(
      EndpointUrlValidator urlRules,
      HttpTransport transport,
      Duration timeout,
      InstantSource clock,
      Consumer<Finding> report) {
    this.urlRules = urlRules;
    this.transport = transport;
    this.timeout = timeout;
    this.clock = clock;
    this.report = report;
  }

  /// Examines an endpoint.
  ///
  /// @param secret signs the test request
  /// @return whether a delivery would succeed
  public boolean examine(String text, Secret secret) throws InterruptedException {
    String broken = urlRules.findError(text);
    if (broken != null) {
      report.accept(Finding.failed(Step.URL, broken, null));
      return false;
    }
    URI url = URI.create(text);
    report.accept(Finding.ok(Step.URL, "keeps the rules of endpoints"));
    return isResolved(url) && isConnected(url) && isDelivered(url, new Signer(secret));
  }

  private boolean isResolved(URI url) throws InterruptedException {
    HostAddresses host = transport.resolve(url, timeout);
    if (host.failure() != null) {
      report.accept(Finding.failed(Step.DNS, host.failure(), ErrorClass.DNS.advice()));
      return false;
    }
    List<JudgedAddress> blocked =
        host.addresses().stream().filter(judged -> judged.refusal() != null).toList();
    String all =
        host.addresses().stream()
            .map(judged -> judged.address().getHostAddress())
            .collect(Collectors.joining(", "));
    if (blocked.isEmpty()) {
      report.accept(Finding.ok(Step.DNS, all));
      return true;
    }
    String refused =
        blocked.stream()
            .map(judged -> judged.address().getHostAddress() + ", which is " + judged.refusal())
            .collect(Collectors.joining("; "));
    String advice = ErrorClass.BLOCKED_ADDRESS.advice();
    boolean someAllowed = blocked.size() < host.addresses().size();
    report.accept(
        someAllowed
            ? Finding.warning(Step.DNS, all + "; never used: " + refused, advice)
            : Finding.failed(Step.DNS, "blocked: " + refused, advice));
    return someAllowed;
  }

  private boolean isConnected(URI url) throws InterruptedException {
    return switch (transport.probe(url, timeout)) {
      case EndpointProbe.Result.Failed(var error, var detail, var address) -> {
        boolean isOfTls = error.name().startsWith("TLS_");
        if (isOfTls && address != null) {
          report.accept(connected(address));
        }
        report.accept(
            Finding.failed(
                isOfTls ? Step.CERTIFICATE : Step.CONNECTION, say(error, detail), error.advice()));
        yield false;
      }
      case EndpointProbe.Result.Connected(var address, var expiresAt) -> {
        report.accept(connected(address));
        if (expiresAt != null) {
          report.accept(certificate(expiresAt));
        }
        yield true;
      }
    };
  }

  private static Finding connected(InetAddress address) {
    return Finding.ok(Step.CONNECTION, "to " + address.getHostAddress());
  }

  private static String say(ErrorClass error, @Nullable String detail) {
    return detail == null ? error.description() : error.description() + " " + detail;
  }

  private Finding certificate(Instant expiresAt) {
    Duration left = Duration.between(clock.instant(), expiresAt);
    String text =
        "trusted, and valid until %s (%d days)"
            .formatted(expiresAt.atOffset(ZoneOffset.UTC).toLocalDate(), left.toDays());
    return left.compareTo(EXPIRES_SOON) < 0
        ? Finding.warning(Step.CERTIFICATE, text, ErrorClass.TLS_EXPIRED.advice())
        : Finding.ok(Step.CERTIFICATE, text);
  }

  private boolean isDelivered(URI url, Signer signer) throws InterruptedException {
    Instant start = clock.instant();
    SendResult result = transport.send(ping(url, signer, start));
    Duration duration = Duration.between(start, clock.instant());
    report.accept(request(result, duration));
    return result.outcome() instanceof Outcome.Delivered;
  }

  private static Finding request(SendResult result, Duration duration) {
    String time = " after " + duration.toMillis() + " ms";
    return switch (result.outcome()) {
      case Outcome.Delivered(EndpointResponse response) ->
          duration.compareTo(SLOW) > 0
              ? Finding.warning(
                  Step.REQUEST,
                  "acknowledged with " + response.statusCode() + time,
                  ErrorClass.RESPONSE_TIMEOUT.advice())
              : Finding.ok(Step.REQUEST, "acknowledged with " + response.statusCode() + time);
      case Outcome.Failed(var error, var response, _) -> {
        String status = response == null ? "no response" : "answered " + response.statusCode();
        String location = result.responseHeaders().get("Location");
        yield Finding.failed(
            Step.REQUEST,
            status
                + time
                + ": "
                + say(error, result.detail())
                + (location == null ? "" : " It points to " + location + "."),
            error.advice());
      }
    };
  }

  private WebhookRequest ping(URI url, Signer signer, Instant now) {
    byte[] data =
        EventCatalogue.builtIn()
            .find(PING)
            .orElseThrow()
            .type()
            .samples()
            .single()
            .getBytes(StandardCharsets.US_ASCII);
    byte[] body = Envelope.write(UUID.randomUUID(), PING, 0, now, data);
    return new WebhookRequest(
        url,
        List.of(
            Map.entry("Content-Type", "application/json"),
            Map.entry(Signer.SIGNATURE_HEADER, signer.sign(body)),
            Map.entry("User-Agent", "PoolBrain-Webhooks/1.0"),
            Map.entry("X-Webhook-Event", PING),
            Map.entry("X-Webhook-Event-Id", UUID.randomUUID().toString()),
            Map.entry("X-Webhook-Attempt", "1"),
            Map.entry("X-Webhook-Test", "true")),
        body,
        timeout);
  }
}
