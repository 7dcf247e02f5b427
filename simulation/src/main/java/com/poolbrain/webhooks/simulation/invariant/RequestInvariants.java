package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedDatabaseClock;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import com.poolbrain.webhooks.simulation.world.TraceFormat;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Every request had the right content, target and time, and every recorded attempt was sent.
final class RequestInvariants {

  private static final long SECOND_NANOS = 1_000_000_000;

  private final RunHistory history;
  private final Violations violations;
  private final RetrySchedule schedule;
  private final Map<UUID, byte[]> bodies = new HashMap<>();
  private final Map<String, Signer> signers = new HashMap<>();

  RequestInvariants(RunHistory history, Violations violations) {
    this.history = history;
    this.violations = violations;
    this.schedule = history.params().engineSettings().schedule();
  }

  void check() {
    history.requests().forEach(this::check);
    history.deliveries().stream().filter(history::isAutomatic).forEach(this::checkAttempts);
  }

  private void check(SentRequest request) {
    SimulatedDelivery delivery = history.delivery(request.deliveryId());
    if (delivery == null) {
      violations.add(request.describe() + ", which the ledger does not have");
      return;
    }
    NewDelivery info = delivery.info();
    violations.addUnless(
        info.endpointId().equals(request.endpointId()),
        () -> request.describe() + " to another endpoint: " + request.request().url());
    byte[] body =
        bodies.computeIfAbsent(
            request.deliveryId(),
            id ->
                Envelope.write(
                    id,
                    info.eventName(),
                    info.event().companyId(),
                    info.event().occurredAt(),
                    info.event().data()));
    violations.addUnless(
        Arrays.equals(body, request.request().body()),
        () -> request.describe() + " with other bytes than recorded");
    checkConfiguration(request, delivery);
    if (!history.params().faultKinds().clockJumps()) {
      checkOwnership(request, delivery);
    }
  }

  /// The node owned the delivery within the last second. A node whose lease has ended may go on for
  /// that long.
  private void checkOwnership(SentRequest request, SimulatedDelivery delivery) {
    Instant at = SimulatedDatabaseClock.START.plusNanos(request.sentAtNanos());
    boolean wasOwned =
        delivery.ownerships().stream()
            .anyMatch(ownership ->
                request.process() == history.world().processOf(ownership.owner())
                    && !ownership.from().isAfter(at)
                    && (ownership.to() == null
                        || ownership.to().plusNanos(SECOND_NANOS).isAfter(at)));
    violations.addUnless(
        wasOwned || history.wasSentOnResume(request),
        () -> request.describe() + ", which the node did not own any more");
  }

  /// A configuration that was in force within the last second allows the request.
  private void checkConfiguration(SentRequest request, SimulatedDelivery delivery) {
    long at = request.sentAtNanos();
    boolean allowed =
        history.wasSentOnResume(request)
            || history
                .configuration()
                .inForce(delivery.info().event().companyId(), at - SECOND_NANOS, at)
                .stream()
                .anyMatch(config -> isAllowed(config, request, delivery));
    violations.addUnless(
        allowed, () -> request.describe() + " though its endpoint was blocked or had another URL");
  }

  private boolean isAllowed(
      CompanyConfig company, SentRequest request, SimulatedDelivery delivery) {
    NewDelivery info = delivery.info();
    Endpoint endpoint = company.endpoint(info.endpointId());
    EventType type = SimulatedEventTypes.find(info.event().type());
    if (endpoint == null || type == null || !endpoint.url().equals(request.request().url())) {
      return false;
    }
    SkipReason blockReason = company.blockReason(endpoint, type);
    boolean mayBeSent =
        blockReason == null
            || (!history.isAutomatic(delivery)
                && (blockReason == SkipReason.ENDPOINT_PAUSED
                    || blockReason == SkipReason.UNSUBSCRIBED));
    return mayBeSent && isSigned(request, endpoint);
  }

  private boolean isSigned(SentRequest request, Endpoint endpoint) {
    Signer signer =
        signers.computeIfAbsent(
            endpoint.signingSecrets().active(), secret -> new Signer(Secret.parse(secret)));
    return request.header(Signer.SIGNATURE_HEADER).equals(signer.sign(request.request().body()));
  }

  /// Every recorded attempt was sent. Without faults no other request was, none before its time,
  /// and every request carries its attempt number.
  private void checkAttempts(SimulatedDelivery delivery) {
    List<SentRequest> requests = history.requestsOf(delivery);
    String subject = "delivery " + TraceFormat.shortId(delivery.id());
    int recorded = delivery.attempts().size();
    violations.addUnless(
        recorded <= requests.size(),
        () -> subject + " has " + recorded + " attempts but " + requests.size() + " requests");
    if (!history.params().isFaultFree()) {
      return;
    }
    violations.addUnless(
        recorded == requests.size(),
        () ->
            subject
                + " has %d attempts but %d requests without faults"
                    .formatted(recorded, requests.size()));
    for (int i = 0; i < requests.size(); i++) {
      String number = requests.get(i).header("X-Webhook-Attempt");
      String expected = Integer.toString(i + 1);
      violations.addUnless(
          number.equals(expected),
          () -> subject + ": request " + expected + " carries attempt number " + number);
      if (i > 0 && i < schedule.maxAttempts()) {
        long delay = requests.get(i).sentAtNanos() - requests.get(i - 1).endedAtNanos();
        violations.addUnless(
            delay >= schedule.delays().get(i - 1).toNanos() - history.clockTolerance().toNanos(),
            () -> subject + ": request " + expected + " was sent before its retry delay");
      }
    }
  }
}
