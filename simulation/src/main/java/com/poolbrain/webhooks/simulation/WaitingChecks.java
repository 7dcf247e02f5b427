package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// No lane starves: where nothing goes wrong, nothing that is due waits for longer than a moment
/// while its endpoint has nothing to do and its node could send.
final class WaitingChecks {

  private static final Duration MOMENT = Duration.ofMillis(1_200);

  /// Calls of the ledger for which an attempt may have to wait: its claim or the results before it
  /// come after a batch that is planned and stored anew while the configuration changes.
  private static final int CALLS = 16;

  private final Stage stage;
  private final Problems problems;
  private final Set<UUID> byHand;
  private final List<Sent> received;
  private final Map<UUID, List<Sent>> byDelivery = new HashMap<>();
  private final Set<UUID> strained = new HashSet<>();
  private final long longest;

  /// @param byHand deliveries that somebody tried to send again
  WaitingChecks(Stage stage, Problems problems, Set<UUID> byHand) {
    this.stage = stage;
    this.problems = problems;
    this.byHand = byHand;
    this.received = stage.world().consumers().received();
    this.longest = MOMENT.toNanos() + CALLS * stage.plot().setting().slowest();
    for (Sent sent : received) {
      byDelivery.computeIfAbsent(sent.delivery(), _ -> new ArrayList<>(1)).add(sent);
      Outcome outcome = sent.outcome();
      if (outcome != null && outcome.strain() > 0) {
        strained.add(sent.endpoint());
      }
    }
  }

  void check() {
    Setting setting = stage.plot().setting();
    if (!setting.calm() || setting.nodes() > 1) {
      return;
    }
    for (Delivery delivery : stage.world().ledger().deliveries()) {
      if (delivery.made().trigger() == Trigger.AUTOMATIC
          && delivery.made().skip() == null
          && !byHand.contains(delivery.id())
          && isPlain(delivery)) {
        check(delivery);
      }
    }
  }

  /// Its company changed nothing, and nothing but work slows its endpoint down.
  private boolean isPlain(Delivery delivery) {
    var states = stage.changes().statesOf(delivery.made().event().companyId());
    return states.size() == 1
        && !strained.contains(delivery.made().endpointId())
        && states.getFirst().company().endpoints().stream()
            .filter(endpoint -> endpoint.id().equals(delivery.made().endpointId()))
            .map(Endpoint::tuning)
            .allMatch(tuning -> tuning.ratePerSecond() == null);
  }

  private void check(Delivery delivery) {
    long due = nanos(delivery.madeAt());
    List<Sent> sent = byDelivery.getOrDefault(delivery.id(), List.of());
    for (int i = 0; i < sent.size() && i < delivery.attempts().size(); i++) {
      checkIdle(delivery, due, sent.get(i).at());
      if (delivery.attempts().get(i).verdict() instanceof Verdict.RetryAt(var next)) {
        due = nanos(next);
      }
    }
  }

  private static long nanos(Instant time) {
    return Duration.between(StoreClock.START, time).toNanos();
  }

  /// Goes through the moments at which something ended or began while it waited.
  private void checkIdle(Delivery delivery, long due, long sentAt) {
    if (sentAt - due <= longest) {
      return;
    }
    long idleSince = due;
    for (Sent other : received) {
      boolean same = other.endpoint().equals(delivery.made().endpointId());
      boolean overlaps = other.at() < sentAt && other.ended() > idleSince;
      if (overlaps && (same || full(other.at()))) {
        checkMoment(delivery, idleSince, other.at());
        idleSince = Math.max(idleSince, Math.min(other.ended(), sentAt));
      }
    }
    checkMoment(delivery, idleSince, sentAt);
  }

  /// Whether all that may run at a time ran then.
  private boolean full(long at) {
    long running =
        received.stream().filter(sent -> sent.at() <= at && sent.ended() > at).limit(1_000).count();
    return running >= stage.plot().setting().engine().maxInFlight();
  }

  private void checkMoment(Delivery delivery, long from, long to) {
    problems.unless(
        to - from <= longest,
        () ->
            "delivery %s waited from %.4f to %.4f while its endpoint had nothing to do"
                .formatted(Wording.shortly(delivery.id()), from / 1e9, to / 1e9));
  }
}
