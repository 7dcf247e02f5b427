package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.simulation.ConfigurationChanges.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Every request that left was right: what, where to, and when.
final class SendingChecks {

  private static final long SECOND = 1_000_000_000;

  private final Stage stage;
  private final Problems problems;
  private final Map<UUID, Delivery> deliveries = new HashMap<>();
  private final Map<UUID, byte[]> bodies = new HashMap<>();
  private final Map<String, Signer> signers = new HashMap<>();
  private final Set<UUID> byHand;

  /// @param byHand deliveries that somebody tried to send again
  SendingChecks(Stage stage, Problems problems, Set<UUID> byHand) {
    this.stage = stage;
    this.problems = problems;
    this.byHand = byHand;
    for (Delivery delivery : stage.world().ledger().deliveries()) {
      deliveries.put(delivery.id(), delivery);
    }
  }

  void check() {
    stage.world().consumers().received().forEach(this::check);
  }

  private boolean automatic(Sent sent) {
    Delivery delivery = deliveries.get(sent.delivery());
    return delivery != null
        && delivery.made().trigger() == Trigger.AUTOMATIC
        && !byHand.contains(sent.delivery());
  }

  private void check(Sent sent) {
    Delivery delivery = deliveries.get(sent.delivery());
    if (delivery == null) {
      problems.add("something was sent that is not on record: " + sent.delivery());
      return;
    }
    NewDelivery made = delivery.made();
    problems.unless(
        made.endpointId().equals(sent.endpoint()),
        () -> sent.inWords() + " went to another endpoint: " + sent.request().url());
    byte[] body =
        bodies.computeIfAbsent(
            sent.delivery(),
            id ->
                Envelope.write(
                    id,
                    made.name(),
                    made.event().companyId(),
                    made.event().occurredAt(),
                    made.event().data()));
    problems.unless(
        Arrays.equals(body, sent.request().body()), () -> sent.inWords() + " has other bytes");
    checkPlaceAndTime(sent, made);
    if (!stage.plot().setting().troubles().jumps()) {
      checkOwner(sent, delivery);
    }
  }

  /// Its node owned the delivery at some moment of the last second: it renewed its life then, and
  /// what a life that ended owned is others'.
  private void checkOwner(Sent sent, Delivery delivery) {
    Instant at = StoreClock.START.plusNanos(sent.at());
    boolean owned =
        delivery.tenures().stream()
            .anyMatch(tenure ->
                sent.node() == stage.world().living(tenure.owner())
                    && !tenure.from().isAfter(at)
                    && (tenure.to() == null || tenure.to().plusNanos(SECOND).isAfter(at)));
    problems.unless(
        owned || stage.nodes().stream().anyMatch(node -> node.resumedAt(sent.at())),
        () -> sent.inWords() + ", which it did not own any more");
  }

  /// Some configuration that was in force within the last second allows it.
  private void checkPlaceAndTime(Sent sent, NewDelivery made) {
    if (stage.nodes().stream().anyMatch(node -> node.resumedAt(sent.at()))) {
      return; // its threads had passed the gate before they were stopped
    }
    boolean right = false;
    List<State> states = stage.changes().statesOf(made.event().companyId());
    for (int i = 0; i < states.size(); i++) {
      boolean begun = states.get(i).from() <= sent.at();
      boolean recent = i + 1 == states.size() || states.get(i + 1).from() >= sent.at() - SECOND;
      right |= begun && recent && allows(states.get(i).company(), sent, made);
    }
    problems.unless(right, () -> sent.inWords() + " though its endpoint was closed or elsewhere");
  }

  private boolean allows(Subscriptions company, Sent sent, NewDelivery made) {
    Endpoint endpoint = endpoint(company, made.endpointId());
    EventType type = Types.named(made.event().type());
    if (endpoint == null || type == null || !endpoint.url().equals(sent.request().url())) {
      return false;
    }
    SkipReason closed = company.closed(endpoint, type);
    boolean open =
        closed == null
            || (!automatic(sent)
                && (closed == SkipReason.ENDPOINT_PAUSED || closed == SkipReason.UNSUBSCRIBED));
    return open && signed(sent, endpoint);
  }

  private boolean signed(Sent sent, Endpoint endpoint) {
    Signer signer =
        signers.computeIfAbsent(
            endpoint.secrets().active(), secret -> new Signer(Secret.parse(secret)));
    return sent.header(Signer.HEADER).equals(signer.sign(sent.request().body()));
  }

  private static @Nullable Endpoint endpoint(Subscriptions company, UUID id) {
    return company.endpoints().stream().filter(e -> e.id().equals(id)).findFirst().orElse(null);
  }
}
