package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.simulation.ConfigurationChanges.State;
import com.poolbrain.webhooks.simulation.World.Headcount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// No node sent more at a time, or a second, than its share of what an endpoint allows. A share is
/// right if it was by what held at some moment of the last second: so long a node may go without
/// hearing of others, or of a change.
final class LimitChecks {

  private static final long SECOND = 1_000_000_000;
  private static final double ALMOST = 1e-6;

  private final Stage stage;
  private final Problems problems;
  private final Map<Lane, List<Sent>> lanes = new LinkedHashMap<>();
  private final Map<Crew, List<Sent>> nodes = new LinkedHashMap<>();
  private final Map<Crew, List<Headcount>> headcounts = new HashMap<>();
  private final Map<UUID, Delivery> deliveries = new HashMap<>();

  private record Lane(Crew node, UUID endpoint, long companyId) {}

  /// What a node may do at a moment.
  ///
  /// @param rate null for no limit
  private record Share(int concurrency, @Nullable Double rate) {}

  /// @param byHand deliveries that somebody tried to send again
  LimitChecks(Stage stage, Problems problems, Set<UUID> byHand) {
    this.stage = stage;
    this.problems = problems;
    for (Headcount count : stage.world().headcounts()) {
      headcounts.computeIfAbsent(count.node(), _ -> new ArrayList<>()).add(count);
    }
    for (Delivery delivery : stage.world().ledger().deliveries()) {
      if (delivery.made().trigger() == Trigger.AUTOMATIC && !byHand.contains(delivery.id())) {
        deliveries.put(delivery.id(), delivery);
      }
    }
    for (Sent sent : stage.world().consumers().received()) {
      Delivery delivery = deliveries.get(sent.delivery());
      if (delivery != null) {
        long companyId = delivery.made().event().companyId();
        Lane lane = new Lane(sent.node(), sent.endpoint(), companyId);
        lanes.computeIfAbsent(lane, _ -> new ArrayList<>()).add(sent);
        nodes.computeIfAbsent(sent.node(), _ -> new ArrayList<>()).add(sent);
      }
    }
  }

  void check() {
    int inFlight = stage.plot().setting().engine().maxInFlight();
    nodes.forEach((node, sent) -> checkAtMost(inFlight, sent, node.name() + " in all"));
    lanes.forEach(this::checkLane);
  }

  private void checkAtMost(int most, List<Sent> sent, String where) {
    List<Long> ends = new ArrayList<>();
    for (Sent one : sent) {
      int running = running(ends, one);
      problems.unless(running <= most, () -> text(one, running) + where);
    }
  }

  /// How many run when one more begins.
  private static int running(List<Long> ends, Sent next) {
    ends.removeIf(end -> end <= next.at());
    ends.add(next.ended());
    return ends.size();
  }

  private static String text(Sent sent, int running) {
    return sent.inWords() + " as one of " + running + " at a time to ";
  }

  private void checkLane(Lane lane, List<Sent> sent) {
    List<Long> ends = new ArrayList<>();
    Bucket bucket = new Bucket();
    for (Sent one : sent) {
      int running = running(ends, one);
      Share share = share(lane, one.at());
      boolean resumed = stage.nodes().stream().anyMatch(node -> node.resumedAt(one.at()));
      problems.unless(
          resumed || running <= share.concurrency(),
          () ->
              text(one, running)
                  + Wording.shortly(lane.endpoint())
                  + ", whose share is "
                  + share.concurrency());
      boolean changed = resumed || changedSince(lane, bucket.at - SECOND, one.at());
      problems.unless(
          bucket.take(share.rate(), one.at(), changed),
          () -> one.inWords() + " faster than " + share.rate() + " a second");
    }
  }

  /// The largest share that was right within the last second.
  private Share share(Lane lane, long at) {
    int nodes = Integer.MAX_VALUE;
    for (Headcount count : headcounts.getOrDefault(lane.node(), List.of())) {
      if (count.at() <= at && count.at() >= at - SECOND) {
        nodes = Math.min(nodes, count.nodes());
      }
    }
    nodes = nodes == Integer.MAX_VALUE ? 1 : Math.max(1, nodes);
    int concurrency = 1;
    Double rate = 0.0;
    List<State> states = stage.changes().statesOf(lane.companyId());
    for (int i = 0; i < states.size(); i++) {
      boolean recent = i + 1 == states.size() || states.get(i + 1).from() >= at - SECOND;
      Endpoint endpoint = endpoint(states.get(i), lane.endpoint());
      if (endpoint != null && recent && states.get(i).from() <= at) {
        concurrency = Math.max(concurrency, concurrency(endpoint) / nodes);
        Double own = endpoint.tuning().ratePerSecond();
        rate = own == null || rate == null ? null : Double.valueOf(Math.max(rate, own / nodes));
      }
    }
    return new Share(concurrency, rate);
  }

  private int concurrency(Endpoint endpoint) {
    Integer own = endpoint.tuning().maxConcurrency();
    return own == null ? stage.plot().setting().engine().endpointConcurrency() : own;
  }

  private static @Nullable Endpoint endpoint(State state, UUID id) {
    for (Endpoint endpoint : state.company().endpoints()) {
      if (endpoint.id().equals(id)) {
        return endpoint;
      }
    }
    return null;
  }

  /// Whether shares changed then.
  private boolean changedSince(Lane lane, long from, long to) {
    int known = -1;
    for (Headcount count : headcounts.getOrDefault(lane.node(), List.of())) {
      if (count.at() > to) {
        break;
      }
      if (known >= 0 && count.nodes() != known && count.at() >= from) {
        return true;
      }
      known = count.nodes();
    }
    return stage.changes().statesOf(lane.companyId()).stream()
        .anyMatch(state -> state.from() >= from && state.from() <= to);
  }

  /// One second's worth at once after a rest, or after a change, and then no faster than the rate.
  private static final class Bucket {
    private double tokens;
    private long at = -SECOND;

    boolean take(@Nullable Double rate, long now, boolean full) {
      double most = rate == null ? Double.MAX_VALUE : Math.max(1, rate);
      double filled = rate == null ? most : tokens + (now - at) * rate / SECOND;
      tokens = full || at < 0 ? most : Math.min(most, filled);
      boolean enough = tokens >= 1 - ALMOST;
      tokens -= 1;
      at = now;
      return enough;
    }
  }
}
