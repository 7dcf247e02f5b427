package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.domain.Verdict.RetryAt;
import com.poolbrain.webhooks.domain.Verdict.Skip;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves every delivery from due to done, and survives being killed at any line.
///
/// ```
/// var engine = new Engine(seams, settings, types, watch);
/// engine.start();
/// Acceptance durable = engine.accept(submission).join();
/// engine.close();
/// ```
public final class Engine implements Service {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private static final Duration LAST_ATTEMPTS = Duration.ofSeconds(10);

  /// So long does an attempt take at most to heed that it is interrupted.
  private static final Duration STOPPING = Duration.ofSeconds(2);

  private final Seams seams;
  private final EngineSettings settings;
  private final Membership membership;
  private final Lanes lanes;
  private final Publishing publishing;
  private final Attempts attempts;
  private final Settling settling;
  private final Sweeping sweeping;
  private final Claiming claiming;
  private final Ticker rates;
  private final OutOfTurn outOfTurn;
  private final Waiters waiters;
  private final Watch watch;
  private volatile boolean closing;

  /// An engine at rest.
  ///
  /// @param types event types by any of their names, null for an unknown one
  /// @param watch is told what happens
  public Engine(
      Seams seams,
      EngineSettings settings,
      Function<String, @Nullable EventType> types,
      Watch watch) {
    this.seams = seams;
    this.settings = settings;
    this.watch = new GuardedWatch(watch);
    Ledger ledger = seams.ledger();
    Clock clock = seams.clock();
    SharedRandom random = new SharedRandom(seams.random());
    Ids ids = new Ids(clock, random);
    membership = new Membership(ledger, clock, ids, settings.lease(), seams.threads());
    lanes = new Lanes(Capacity.of(settings.maxInFlight()), new Around());
    Node node = new Node(ledger, membership, lanes, new ByHand(settings.maxInFlight()));
    Turn turn = new Turn();
    publishing =
        new Publishing(
            node,
            new Planner(ids, clock),
            clock,
            turn,
            seams.threads(),
            planned -> this.watch.accepted(planned.receipts()));
    Delivering delivering =
        new Delivering(
            membership,
            seams.transport(),
            clock,
            new Delivering.Chance(ids, random),
            new Delivering.Rules(settings, types));
    settling = new Settling(ledger, clock, turn, seams.threads(), new OnRecord());
    waiters = new Waiters(clock);
    attempts = new Attempts(node, delivering, settling, waiters, seams.threads());
    sweeping = new Sweeping(ledger, types, this.watch);
    claiming = new Claiming(node, clock, sweeping, seams.threads());
    rates = new Ticker(clock, seams.threads(), lanes::release);
    outOfTurn = new OutOfTurn(node, ids, clock, settling, waiters);
    membership.listen(new OnRenewal());
  }

  /// Joins the nodes and begins to work.
  ///
  /// @throws LedgerException if the ledger can't be reached
  @Override
  public void start() {
    settling.start();
    rates.start();
    membership.start();
    claiming.start();
    publishing.start();
    outOfTurn.start();
  }

  /// Hands in a submission. The answer comes when it is durable, or can't become so; it completes
  /// exceptionally with a [LedgerException].
  public CompletableFuture<Acceptance> accept(Submission submission) {
    return publishing.accept(submission);
  }

  /// Sends a sample to an endpoint once, now, and waits for the result.
  ///
  /// @throws LedgerException if it can't be recorded
  public Trial test(long companyId, UUID endpointId, EventType type, Part.Item item)
      throws InterruptedException {
    return outOfTurn.test(companyId, endpointId, type, item);
  }

  /// Begins a manual attempt of a delivery.
  ///
  /// @throws LedgerException if it can't be recorded
  public Trial redeliver(long companyId, UUID deliveryId) throws InterruptedException {
    return outOfTurn.redeliver(companyId, deliveryId);
  }

  /// Ends a delivery unsent, unless an attempt of it is running.
  ///
  /// @throws LedgerException if it can't be recorded
  public Cancelling cancel(long companyId, UUID deliveryId) throws InterruptedException {
    return outOfTurn.cancel(companyId, deliveryId);
  }

  /// Whether an attempt of that delivery runs on this node.
  public boolean running(UUID deliveryId) {
    return lanes.running(deliveryId);
  }

  /// The present life of this node: what it owns bears this id.
  public UUID incarnation() {
    return membership.view().incarnation();
  }

  /// Learns the configuration anew: after a change through this node it obeys it when this returns.
  public void refresh() throws InterruptedException {
    membership.refresh();
  }

  /// A company with its endpoints as this node knows them, less than a second old; null if it knows
  /// none.
  public @Nullable Subscriptions company(long companyId) {
    return membership.view().directory().company(companyId);
  }

  /// The request that an attempt of this claim would send now; null if its endpoint is not known,
  /// or nothing can be signed for it.
  public @Nullable Request preview(Claim claim) {
    Directory.Place place = membership.view().directory().place(claim.endpointId());
    return place == null || !place.signs()
        ? null
        : place.signing().sign(claim, seams.clock().instant(), settings.attemptTimeout());
  }

  /// What this node is busy with.
  public Pulse pulse() {
    Lanes.Load load = lanes.load();
    return new Pulse(
        load.waiting(),
        load.bytes(),
        load.running(),
        load.unsettled(),
        membership.view().liveNodes(),
        membership.fresh(),
        claiming.oldestDue());
  }

  /// What lanes need of their surroundings.
  private final class Around implements Surroundings {
    @Override
    public long nanoTime() {
      return seams.clock().nanoTime();
    }

    @Override
    public Pace pace(UUID endpointId) {
      return membership.pace(endpointId, settings.endpointConcurrency());
    }

    @Override
    public void start(Owned owned) {
      attempts.start(owned);
    }

    @Override
    public void throttled() {
      rates.wake();
    }

    @Override
    public void hungry() {
      claiming.wake();
    }
  }

  /// What follows from each renewal.
  private final class OnRenewal implements Membership.Listener {
    @Override
    public void renewed(List<Subscriptions> changed, long version) {
      for (Subscriptions company : changed) {
        for (Endpoint endpoint : company.endpoints()) {
          sweeping.add(endpoint.id(), version);
        }
      }
      if (!changed.isEmpty()) {
        claiming.wake();
      }
      lanes.reconsider();
      lanes.open(!closing);
    }

    @Override
    public void away() {
      lanes.open(membership.fresh() && !closing);
    }

    @Override
    public void reborn() {
      for (Claim claim : lanes.clear()) {
        waiters.tell(claim.id(), Waiters.Recorded.LOST);
      }
    }
  }

  /// What follows from each result.
  private final class OnRecord implements Settling.Recorder {
    @Override
    public void recorded(Settlement settlement, Settled settled) {
      lanes.settled(1);
      AttemptFinished finished = settlement.finished(settled);
      Claim claim = settlement.claim();
      if (finished != null) {
        watch.attempted(finished);
      } else if (settlement.verdict() instanceof Skip(var reason)) {
        watch.skipped(new Skipped(claim.endpointId(), reason, 1));
      }
      if (settlement.verdict() instanceof RetryAt(var due)) {
        claiming.expect(claim.endpointId(), due);
      }
      waiters.tell(claim.id(), new Waiters.Recorded(finished, settled));
    }

    @Override
    public void lost(Settlement settlement) {
      lanes.settled(1);
      waiters.tell(settlement.claim().id(), Waiters.Recorded.LOST);
    }
  }

  /// Takes and claims nothing more, lets what runs end (not longer than 10 s), interrupts what does
  /// not, records what ended, and gives the rest free.
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    outOfTurn.close();
    publishing.close();
    claiming.close();
    lanes.open(false);
    endAttempts();
    rates.close();
    settling.close();
    membership.close();
    waiters.release();
  }

  /// When this life ends, its deliveries are free for others: none of its attempts may still run.
  private void endAttempts() {
    try {
      boolean quiet = lanes.awaitQuiet(seams.clock(), LAST_ATTEMPTS);
      attempts.stop();
      if (!quiet && !lanes.awaitQuiet(seams.clock(), STOPPING)) {
        log.warn("Attempts that don't end are left behind; their deliveries are made again.");
      }
    } catch (InterruptedException _) {
      attempts.stop();
      Thread.currentThread().interrupt();
    }
  }
}
