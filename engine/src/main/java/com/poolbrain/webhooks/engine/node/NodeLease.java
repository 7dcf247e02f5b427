package com.poolbrain.webhooks.engine.node;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot.EndpointConfig;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.WakeableLoop;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's lease: renews it, learns of configuration changes with each renewal, expires dead
/// nodes, and restarts as a new incarnation when its own lease was lost.
public final class NodeLease implements Service {

  private static final Logger log = LoggerFactory.getLogger(NodeLease.class);
  private static final Duration RENEW_INTERVAL = Duration.ofMillis(300);
  private static final Duration EXPIRE_INTERVAL = Duration.ofSeconds(1);
  private static final int MAX_STORE_TRIES = 50;

  /// How old the last confirmed renewal may be for an attempt to start. Every node obeys a
  /// configuration change within this time.
  private static final Duration MAX_RENEWAL_AGE = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final Duration leaseDuration;
  private final WakeableLoop loop;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile NodeState state;
  private volatile @Nullable UUID abandonedIncarnation;
  private long availableSince;
  private long lastExpiryAt;
  private boolean ledgerAvailable = true;

  /// What this node knew when it last renewed its lease.
  ///
  /// @param renewedAt monotonic time at which the last confirmed renewal began
  public record NodeState(UUID incarnation, ConfigSnapshot config, int liveNodes, long renewedAt) {}

  /// Is called by the renewing thread.
  public interface Listener {

    /// A renewal was confirmed.
    ///
    /// @param changedCompanies companies that changed with that configuration version; empty for
    ///   the configuration that is loaded at the start
    void onLeaseRenewed(List<CompanyConfig> changedCompanies, long configVersion);

    /// The ledger did not answer.
    ///
    /// @param isLeaseFresh whether attempts may still start
    default void onLedgerUnavailable(boolean isLeaseFresh) {}

    /// This node owns nothing any more of what it owned before.
    default void onIncarnationRestarted() {}
  }

  /// @param leaseDuration how long this node keeps its deliveries without a renewal
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

  /// Registers this node and loads the configuration.
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

  /// Calls these listeners, in this order. Only before [#start].
  public void subscribe(Listener... newListeners) {
    listeners.addAll(List.of(newListeners));
  }

  /// The present state.
  public NodeState state() {
    return state;
  }

  /// Whether that incarnation is the present one.
  public boolean isCurrent(UUID incarnation) {
    return state.incarnation().equals(incarnation);
  }

  /// Whether the last renewal is recent enough for attempts to start.
  public boolean isLeaseFresh() {
    return clock.nanoTime() - state.renewedAt() <= MAX_RENEWAL_AGE.toNanos();
  }

  /// This node's share of the limits of an endpoint. A blocked endpoint has no rate limit, because
  /// its deliveries end unsent.
  public EndpointQuota quota(UUID endpointId, int defaultConcurrency) {
    NodeState now = state;
    EndpointConfig config = now.config().endpointConfig(endpointId);
    if (config == null) {
      return new EndpointQuota(1, null);
    }
    Endpoint.DeliveryOptions options = config.endpoint().deliveryOptions();
    int max = options.maxConcurrency() == null ? defaultConcurrency : options.maxConcurrency();
    Double rate = config.isBlocked() ? null : options.ratePerSecond();
    int nodes = Math.max(1, now.liveNodes());
    return new EndpointQuota(Math.max(1, max / nodes), rate == null ? null : rate / nodes);
  }

  /// Reads the configuration. When it returns, changes that were committed before are known, unless
  /// the ledger is unavailable.
  public void refreshConfig() throws InterruptedException {
    loop.awaitFreshRun();
  }

  /// Stores plans that were made from the present configuration. Plans and stores again if the
  /// configuration changed meanwhile.
  ///
  /// @param planAndStore plans from the state and stores as its incarnation
  /// @return the state as which it was stored
  /// @throws LedgerException.Unavailable if the configuration changes faster than plans are stored
  public NodeState storeAsCurrent(Function<NodeState, StoreResult> planAndStore)
      throws InterruptedException {
    for (int i = 0; i < MAX_STORE_TRIES; i++) {
      NodeState current = state;
      switch (asOwner(current.incarnation(), () -> planAndStore.apply(current))) {
        case STORED -> {
          return current;
        }
        case STALE_CONFIG, NODE_DEAD -> refreshConfig();
        case DUPLICATE_KEY -> {}
      }
    }
    throw new LedgerException.Unavailable(
        "the configuration changed " + MAX_STORE_TRIES + " times while this was stored");
  }

  /// Stores plans that hold for any configuration.
  ///
  /// @return the state as which they were stored
  public NodeState storeAsCurrent(List<Plan> plans) throws InterruptedException {
    return storeAsCurrent(
        current -> ledger.store(current.incarnation(), current.config().version(), plans));
  }

  /// Makes a ledger call that may give this incarnation deliveries. If its effect stays unknown,
  /// the incarnation is abandoned: its deliveries are then claimed like those of any dead node.
  public <T> T asOwner(UUID incarnation, Supplier<T> call) {
    try {
      return call.get();
    } catch (LedgerException.CommitUnknown commitUnknown) {
      abandonedIncarnation = incarnation;
      loop.wake();
      throw commitUnknown;
    }
  }

  private Duration renewAndExpire() {
    try {
      if (state.incarnation().equals(abandonedIncarnation)) {
        restartIncarnation();
      }
      if (!renew()) {
        log.warn("This node lost its lease; it restarts as a new incarnation.");
        restartIncarnation();
        renew();
      }
      expireDeadNodes();
    } catch (LedgerException e) {
      if (ledgerAvailable) {
        log.warn(
            "The database is unavailable; deliveries wait until it answers: {}", e.getMessage());
      }
      ledgerAvailable = false;
      boolean isLeaseFresh = isLeaseFresh();
      listeners.forEach(listener -> listener.onLedgerUnavailable(isLeaseFresh));
    } catch (RuntimeException bug) {
      log.error("Renewing the lease failed; trying again in {}", RENEW_INTERVAL, bug);
    }
    return RENEW_INTERVAL;
  }

  /// Renews the lease, and returns whether this incarnation is still alive. A dead incarnation
  /// takes over nothing of the response.
  private boolean renew() {
    NodeState previous = state;
    long startedAt = clock.nanoTime();
    LeaseRenewal leaseRenewal =
        ledger.renewLease(previous.incarnation(), leaseDuration, previous.config().version());
    clock.syncTo(leaseRenewal.storeTime(), startedAt, clock.nanoTime());
    if (!ledgerAvailable) {
      log.info("The database is available again.");
      ledgerAvailable = true;
      availableSince = startedAt;
    }
    if (!leaseRenewal.alive()) {
      return false;
    }
    ConfigSnapshot config = previous.config().with(leaseRenewal);
    state = new NodeState(previous.incarnation(), config, leaseRenewal.liveNodes(), startedAt);
    List<CompanyConfig> changed =
        previous.config().version() < 0 ? List.of() : leaseRenewal.changedCompanies();
    listeners.forEach(listener -> listener.onLeaseRenewed(changed, config.version()));
    return true;
  }

  private void restartIncarnation() {
    NodeState previous = state;
    UUID incarnation = ids.get();
    ledger.registerNode(incarnation, leaseDuration);
    state =
        new NodeState(incarnation, previous.config(), previous.liveNodes(), previous.renewedAt());
    listeners.forEach(Listener::onIncarnationRestarted);
    ledger.deregisterNode(previous.incarnation());
  }

  /// No node is expired within one lease of this node's own reconnection: the other nodes may have
  /// been cut off at the same time, and get time to renew.
  private void expireDeadNodes() {
    long now = clock.nanoTime();
    if (now - availableSince >= leaseDuration.toNanos()
        && now - lastExpiryAt >= EXPIRE_INTERVAL.toNanos()) {
      lastExpiryAt = now;
      int freed = ledger.expireDeadNodes(state.incarnation());
      if (freed > 0) {
        log.warn("The lease of a node expired; its {} open deliveries are taken over.", freed);
      }
    }
  }

  /// Ends this incarnation; its deliveries are free for other nodes at once.
  @Override
  public void close() {
    loop.close();
    try {
      ledger.deregisterNode(state.incarnation());
    } catch (LedgerException e) {
      log.warn(
          "The database was unavailable at shutdown; open deliveries of this node are free after {}: {}",
          leaseDuration,
          e.getMessage());
    }
  }
}
