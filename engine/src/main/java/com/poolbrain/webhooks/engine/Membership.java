package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's place among the nodes: says that it lives, learns of configuration changes, buries
/// nodes that fell silent, and begins a new life when its own was ended.
final class Membership implements Service {

  private static final Logger log = LoggerFactory.getLogger(Membership.class);
  private static final Duration EVERY = Duration.ofMillis(300);
  private static final Duration BURY_EVERY = Duration.ofSeconds(1);

  /// How old the last confirmed renewal may be for an attempt to start: the promise that a change
  /// is obeyed everywhere within a second rests on it.
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final Duration lease;
  private final Ticker ticker;
  private final AtomicReference<Listener> listener = new AtomicReference<>(Listener.NONE);
  private volatile View view;
  private volatile @Nullable UUID doubted;
  private long connectedAt;
  private long buriedAt;
  private boolean connected = true;

  /// What this node knew when it last renewed.
  ///
  /// @param renewedAt monotonic time at which the last confirmed renewal began
  record View(UUID incarnation, Directory directory, int liveNodes, long renewedAt) {}

  /// Is told when something changed that lanes or claims depend on.
  interface Listener {
    Listener NONE =
        new Listener() {
          @Override
          public void renewed(List<Subscriptions> changed, long version) {}

          @Override
          public void away() {}

          @Override
          public void reborn() {}
        };

    /// A renewal was confirmed, and by that configuration version these companies changed. What is
    /// loaded at the start counts as no change.
    void renewed(List<Subscriptions> changed, long version);

    /// The ledger did not answer.
    void away();

    /// All that this node owned is no longer its own.
    void reborn();
  }

  Membership(
      Ledger ledger, Clock clock, Supplier<UUID> ids, Duration lease, ThreadFactory threads) {
    this.ledger = ledger;
    this.clock = clock;
    this.ids = ids;
    this.lease = lease;
    this.ticker = new Ticker(clock, threads, this::round);
    this.view = new View(ids.get(), Directory.EMPTY, 1, clock.nanoTime());
  }

  /// Joins the nodes and learns the configuration before anything else may work.
  ///
  /// @throws LedgerException if the ledger can't be reached
  @Override
  public void start() {
    ledger.begin(view.incarnation(), lease);
    connectedAt = clock.nanoTime();
    buriedAt = connectedAt;
    renew();
    ticker.start();
  }

  void listen(Listener to) {
    listener.set(to);
  }

  View view() {
    return view;
  }

  /// Whether what this node knows is recent enough to start attempts by.
  boolean fresh() {
    return clock.nanoTime() - view.renewedAt() <= FRESH.toNanos();
  }

  /// This node's share of what an endpoint allows. One that is closed has no rate: what waits for
  /// it ends unsent.
  Pace pace(UUID endpointId, int defaultConcurrency) {
    View now = view;
    Directory.Place place = now.directory().place(endpointId);
    if (place == null) {
      return new Pace(1, null);
    }
    Endpoint.Tuning tuning = place.endpoint().tuning();
    int max = tuning.maxConcurrency() == null ? defaultConcurrency : tuning.maxConcurrency();
    boolean closed = place.subscriptions().closed(place.endpoint()) != null;
    Double rate = closed ? null : tuning.ratePerSecond();
    int nodes = Math.max(1, now.liveNodes());
    return new Pace(Math.max(1, max / nodes), rate == null ? null : rate / nodes);
  }

  /// Learns the configuration anew; when it returns, changes that were committed before are known,
  /// unless the ledger is away.
  void refresh() throws InterruptedException {
    ticker.awaitRound();
  }

  /// The ledger may hold deliveries of that life of this node that it does not know of: it gives up
  /// this life, and with it all that it owns, so that they are claimed like those of any dead node.
  void doubt(UUID incarnation) {
    doubted = incarnation;
    ticker.wake();
  }

  private Duration round() {
    try {
      if (view.incarnation().equals(doubted)) {
        rebirth();
      }
      if (!renew()) {
        log.warn(
            "This node was silent for longer than its lease and was given up; it starts anew.");
        rebirth();
        renew();
      }
      bury();
    } catch (LedgerException e) {
      if (connected) {
        log.warn("The database does not answer; deliveries wait until it does: {}", e.getMessage());
      }
      connected = false;
      listener.get().away();
    } catch (RuntimeException bug) {
      log.error("Renewing the lease failed; trying again in {}", EVERY, bug);
    }
    return EVERY;
  }

  /// Says whether this life goes on. What a dead one is told is not taken over: the next life
  /// learns it.
  private boolean renew() {
    View before = view;
    long began = clock.nanoTime();
    Renewal renewal = ledger.renew(before.incarnation(), lease, before.directory().version());
    long ended = clock.nanoTime();
    clock.agree(renewal.now(), began + (ended - began) / 2);
    if (!connected) {
      log.info("The database answers again; deliveries go on.");
      connected = true;
      connectedAt = began;
    }
    if (!renewal.alive()) {
      return false;
    }
    Directory directory = before.directory().with(renewal);
    view = new View(before.incarnation(), directory, renewal.liveNodes(), began);
    listener
        .get()
        .renewed(
            before.directory().version() < 0 ? List.of() : renewal.changed(), directory.version());
    return true;
  }

  private void rebirth() {
    View before = view;
    UUID incarnation = ids.get();
    ledger.begin(incarnation, lease);
    view = new View(incarnation, before.directory(), before.liveNodes(), before.renewedAt());
    listener.get().reborn();
    ledger.end(before.incarnation());
  }

  /// Nobody is buried within one lease of this node's own return to the ledger: the others may have
  /// been cut off as it was, and get the time to renew.
  private void bury() {
    long now = clock.nanoTime();
    if (now - connectedAt >= lease.toNanos() && now - buriedAt >= BURY_EVERY.toNanos()) {
      buriedAt = now;
      int freed = ledger.bury(view.incarnation());
      if (freed > 0) {
        log.warn("A node fell silent; its {} open deliveries are taken over.", freed);
      }
    }
  }

  /// Ends this life: what it still owns is free for others at once.
  @Override
  public void close() {
    ticker.close();
    try {
      ledger.end(view.incarnation());
    } catch (LedgerException e) {
      log.warn(
          "The database was away at the end; open deliveries of this node go on after {}: {}",
          lease,
          e.getMessage());
    }
  }
}
