package com.poolbrain.webhooks.engine.node;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.dispatch.EndpointQuota;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.WakeableLoop;
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
public final class NodeLease implements Service {

  private static final Logger log = LoggerFactory.getLogger(NodeLease.class);
  private static final Duration RENEW_INTERVAL = Duration.ofMillis(300);
  private static final Duration EXPIRE_INTERVAL = Duration.ofSeconds(1);

  /// How old the last confirmed renewal may be for an attempt to start: the promise that a change
  /// is obeyed everywhere within a second rests on it.
  private static final Duration MAX_RENEWAL_AGE = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final Duration leaseDuration;
  private final WakeableLoop loop;
  private final AtomicReference<Listener> listener = new AtomicReference<>(Listener.NONE);
  private volatile NodeState state;
  private volatile @Nullable UUID abandonedIncarnation;
  private long availableSince;
  private long lastExpiryAt;
  private boolean ledgerAvailable = true;

  /// What this node knew when it last renewed.
  ///
  /// @param renewedAt monotonic time at which the last confirmed renewal began
  public record NodeState(UUID incarnation, ConfigSnapshot config, int liveNodes, long renewedAt) {}

  /// Is told when something changed that lanes or claims depend on.
  public interface Listener {
    Listener NONE =
        new Listener() {
          @Override
          public void onLeaseRenewed(List<CompanyConfig> changedCompanies, long configVersion) {}

          @Override
          public void onLedgerUnavailable() {}

          @Override
          public void onIncarnationRestarted() {}
        };

    /// A renewal was confirmed, and by that configuration version these companies changed. What is
    /// loaded at the start counts as no change.
    void onLeaseRenewed(List<CompanyConfig> changedCompanies, long configVersion);

    /// The ledger did not answer.
    void onLedgerUnavailable();

    /// All that this node owned is no longer its own.
    void onIncarnationRestarted();
  }

  public NodeLease(
      Ledger ledger,
      Clock clock,
      Supplier<UUID> ids,
      Duration leaseDuration,
      ThreadFactory threads) {
    this.ledger = ledger;
    this.clock = clock;
    this.ids = ids;
    this.leaseDuration = leaseDuration;
    this.loop = new WakeableLoop(clock, threads, this::renewAndExpire);
    this.state = new NodeState(ids.get(), ConfigSnapshot.EMPTY, 1, clock.nanoTime());
  }

  /// Joins the nodes and learns the configuration before anything else may work.
  ///
  /// @throws LedgerException if the ledger can't be reached
  @Override
  public void start() {
    ledger.registerNode(state.incarnation(), leaseDuration);
    availableSince = clock.nanoTime();
    lastExpiryAt = availableSince;
    renew();
    loop.start();
  }

  public void setListener(Listener newListener) {
    listener.set(newListener);
  }

  public NodeState state() {
    return state;
  }

  /// Whether what this node knows is recent enough to start attempts by.
  public boolean isLeaseFresh() {
    return clock.nanoTime() - state.renewedAt() <= MAX_RENEWAL_AGE.toNanos();
  }

  /// This node's share of what an endpoint allows. One that is closed has no rate: what waits for
  /// it ends unsent.
  public EndpointQuota quota(UUID endpointId, int defaultConcurrency) {
    NodeState now = state;
    ConfigSnapshot.EndpointConfig endpointConfig = now.config().endpointConfig(endpointId);
    if (endpointConfig == null) {
      return new EndpointQuota(1, null);
    }
    Endpoint.DeliveryOptions deliveryOptions = endpointConfig.endpoint().deliveryOptions();
    int max =
        deliveryOptions.maxConcurrency() == null
            ? defaultConcurrency
            : deliveryOptions.maxConcurrency();
    boolean isBlocked = endpointConfig.company().blockReason(endpointConfig.endpoint()) != null;
    Double rate = isBlocked ? null : deliveryOptions.ratePerSecond();
    int nodes = Math.max(1, now.liveNodes());
    return new EndpointQuota(Math.max(1, max / nodes), rate == null ? null : rate / nodes);
  }

  /// Learns the configuration anew; when it returns, changes that were committed before are known,
  /// unless the ledger is away.
  public void refreshConfig() throws InterruptedException {
    loop.awaitFreshRun();
  }

  /// The ledger may hold deliveries of that life of this node that it does not know of: it gives up
  /// this life, and with it all that it owns, so that they are claimed like those of any dead node.
  public void abandonIncarnation(UUID incarnation) {
    abandonedIncarnation = incarnation;
    loop.wake();
  }

  private Duration renewAndExpire() {
    try {
      if (state.incarnation().equals(abandonedIncarnation)) {
        restartIncarnation();
      }
      if (!renew()) {
        log.warn(
            "This node was silent for longer than its lease and was given up; it starts anew.");
        restartIncarnation();
        renew();
      }
      expireDeadNodes();
    } catch (LedgerException e) {
      if (ledgerAvailable) {
        log.warn("The database does not answer; deliveries wait until it does: {}", e.getMessage());
      }
      ledgerAvailable = false;
      listener.get().onLedgerUnavailable();
    } catch (RuntimeException bug) {
      log.error("Renewing the lease failed; trying again in {}", RENEW_INTERVAL, bug);
    }
    return RENEW_INTERVAL;
  }

  /// Says whether this life goes on. What a dead one is told is not taken over: the next life
  /// learns it.
  private boolean renew() {
    NodeState previous = state;
    long startedAt = clock.nanoTime();
    LeaseRenewal leaseRenewal =
        ledger.renewLease(previous.incarnation(), leaseDuration, previous.config().version());
    long endedAt = clock.nanoTime();
    clock.syncTo(leaseRenewal.storeTime(), startedAt + (endedAt - startedAt) / 2);
    if (!ledgerAvailable) {
      log.info("The database answers again; deliveries go on.");
      ledgerAvailable = true;
      availableSince = startedAt;
    }
    if (!leaseRenewal.alive()) {
      return false;
    }
    ConfigSnapshot config = previous.config().with(leaseRenewal);
    state = new NodeState(previous.incarnation(), config, leaseRenewal.liveNodes(), startedAt);
    listener
        .get()
        .onLeaseRenewed(
            previous.config().version() < 0 ? List.of() : leaseRenewal.changedCompanies(),
            config.version());
    return true;
  }

  private void restartIncarnation() {
    NodeState previous = state;
    UUID incarnation = ids.get();
    ledger.registerNode(incarnation, leaseDuration);
    state =
        new NodeState(incarnation, previous.config(), previous.liveNodes(), previous.renewedAt());
    listener.get().onIncarnationRestarted();
    ledger.deregisterNode(previous.incarnation());
  }

  /// Nobody is buried within one lease of this node's own return to the ledger: the others may have
  /// been cut off as it was, and get the time to renew.
  private void expireDeadNodes() {
    long now = clock.nanoTime();
    if (now - availableSince >= leaseDuration.toNanos()
        && now - lastExpiryAt >= EXPIRE_INTERVAL.toNanos()) {
      lastExpiryAt = now;
      int freed = ledger.expireDeadNodes(state.incarnation());
      if (freed > 0) {
        log.warn("A node fell silent; its {} open deliveries are taken over.", freed);
      }
    }
  }

  /// Ends this life: what it still owns is free for others at once.
  @Override
  public void close() {
    loop.close();
    try {
      ledger.deregisterNode(state.incarnation());
    } catch (LedgerException e) {
      log.warn(
          "The database was away at the end; open deliveries of this node go on after {}: {}",
          leaseDuration,
          e.getMessage());
    }
  }
}
