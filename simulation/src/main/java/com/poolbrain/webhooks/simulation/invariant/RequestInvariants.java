package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.simulation.scenario.ConfigurationChanges.State;
import com.poolbrain.webhooks.simulation.scenario.SimulationRun;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedDatabaseClock;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Every request that left was right: what, where to, and when.
public final class RequestInvariants {

  private static final long SECOND_NANOS = 1_000_000_000;

  private final SimulationRun run;
  private final Violations violations;
  private final Map<UUID, SimulatedDelivery> deliveries = new HashMap<>();
  private final Map<UUID, byte[]> bodies = new HashMap<>();
  private final Map<String, Signer> signers = new HashMap<>();
  private final Set<UUID> redelivered;

  /// @param redelivered deliveries that somebody tried to send again
  public RequestInvariants(SimulationRun run, Violations violations, Set<UUID> redelivered) {
    this.run = run;
    this.violations = violations;
    this.redelivered = redelivered;
    for (SimulatedDelivery delivery : run.world().ledger().deliveries()) {
      deliveries.put(delivery.id(), delivery);
    }
  }

  public void check() {
    run.world().endpoints().requests().forEach(this::check);
  }

  private boolean isAutomatic(SentRequest sentRequest) {
    SimulatedDelivery delivery = deliveries.get(sentRequest.deliveryId());
    return delivery != null
        && delivery.info().trigger() == Trigger.AUTOMATIC
        && !redelivered.contains(sentRequest.deliveryId());
  }

  private void check(SentRequest sentRequest) {
    SimulatedDelivery delivery = deliveries.get(sentRequest.deliveryId());
    if (delivery == null) {
      violations.add("something was sent that is not on record: " + sentRequest.deliveryId());
      return;
    }
    NewDelivery info = delivery.info();
    violations.addUnless(
        info.endpointId().equals(sentRequest.endpointId()),
        () -> sentRequest.describe() + " went to another endpoint: " + sentRequest.request().url());
    byte[] body =
        bodies.computeIfAbsent(
            sentRequest.deliveryId(),
            id ->
                Envelope.write(
                    id,
                    info.eventName(),
                    info.event().companyId(),
                    info.event().occurredAt(),
                    info.event().data()));
    violations.addUnless(
        Arrays.equals(body, sentRequest.request().body()),
        () -> sentRequest.describe() + " has other bytes");
    checkConfiguration(sentRequest, info);
    if (!run.plot().params().faultKinds().clockJumps()) {
      checkOwnership(sentRequest, delivery);
    }
  }

  /// Its node owned the delivery at some moment of the last second: it renewed its life then, and
  /// what a life that ended owned is others'.
  private void checkOwnership(SentRequest sentRequest, SimulatedDelivery delivery) {
    Instant at = SimulatedDatabaseClock.START.plusNanos(sentRequest.sentAtNanos());
    boolean wasOwned =
        delivery.ownerships().stream()
            .anyMatch(ownership ->
                sentRequest.process() == run.world().processOf(ownership.owner())
                    && !ownership.from().isAfter(at)
                    && (ownership.to() == null
                        || ownership.to().plusNanos(SECOND_NANOS).isAfter(at)));
    violations.addUnless(
        wasOwned
            || run.nodes().stream().anyMatch(node -> node.wasResumedAt(sentRequest.sentAtNanos())),
        () -> sentRequest.describe() + ", which it did not own any more");
  }

  /// Some configuration that was in force within the last second allows it.
  private void checkConfiguration(SentRequest sentRequest, NewDelivery info) {
    if (run.nodes().stream().anyMatch(node -> node.wasResumedAt(sentRequest.sentAtNanos()))) {
      return; // its threads had passed the gate before they were stopped
    }
    boolean allowed = false;
    List<State> states = run.configurationChanges().statesOf(info.event().companyId());
    for (int i = 0; i < states.size(); i++) {
      boolean hasBegun = states.get(i).fromNanos() <= sentRequest.sentAtNanos();
      boolean isRecent =
          i + 1 == states.size()
              || states.get(i + 1).fromNanos() >= sentRequest.sentAtNanos() - SECOND_NANOS;
      allowed |= hasBegun && isRecent && isAllowed(states.get(i).config(), sentRequest, info);
    }
    violations.addUnless(
        allowed, () -> sentRequest.describe() + " though its endpoint was closed or elsewhere");
  }

  private boolean isAllowed(CompanyConfig company, SentRequest sentRequest, NewDelivery info) {
    Endpoint endpoint = findEndpoint(company, info.endpointId());
    EventType type = SimulatedEventTypes.find(info.event().type());
    if (endpoint == null || type == null || !endpoint.url().equals(sentRequest.request().url())) {
      return false;
    }
    SkipReason blockReason = company.blockReason(endpoint, type);
    boolean isOpen =
        blockReason == null
            || (!isAutomatic(sentRequest)
                && (blockReason == SkipReason.ENDPOINT_PAUSED
                    || blockReason == SkipReason.UNSUBSCRIBED));
    return isOpen && isSigned(sentRequest, endpoint);
  }

  private boolean isSigned(SentRequest sentRequest, Endpoint endpoint) {
    Signer signer =
        signers.computeIfAbsent(
            endpoint.signingSecrets().active(), secret -> new Signer(Secret.parse(secret)));
    return sentRequest
        .header(Signer.SIGNATURE_HEADER)
        .equals(signer.sign(sentRequest.request().body()));
  }

  private static @Nullable Endpoint findEndpoint(CompanyConfig company, UUID id) {
    return company.endpoints().stream().filter(e -> e.id().equals(id)).findFirst().orElse(null);
  }
}
