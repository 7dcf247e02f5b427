package com.poolbrain.webhooks.engine.claim;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Verdict.RetryAt;
import com.poolbrain.webhooks.engine.dispatch.DeliveryDispatcher;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.ResultListener;
import com.poolbrain.webhooks.engine.ledger.UnownedBacklog;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot.EndpointConfig;
import com.poolbrain.webhooks.engine.node.NodeLease;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.WakeableLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims deliveries without an owner and queues them: retries that are due, deliveries of dead
/// nodes, and deliveries that found no queue space when they were accepted. All unowned deliveries
/// are scanned for every second, even while retries are due.
public final class DueDeliveryPoller implements Service, NodeLease.Listener, ResultListener {

  private static final Logger log = LoggerFactory.getLogger(DueDeliveryPoller.class);
  private static final Duration SCAN_INTERVAL = Duration.ofSeconds(1);
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(20);
  private static final Duration UNAVAILABLE_DELAY = Duration.ofMillis(300);

  private final Ledger ledger;
  private final NodeLease lease;
  private final DeliveryDispatcher dispatcher;
  private final ObsoleteDeliverySweeper sweeper;
  private final Clock clock;
  private final WakeableLoop loop;
  private final RetryTimers retryTimers = new RetryTimers();
  private @Nullable Long scannedAt;
  private volatile @Nullable Instant oldestUnownedDue;

  /// A poller that also runs the sweeper, before each poll.
  public DueDeliveryPoller(
      Ledger ledger,
      NodeLease lease,
      DeliveryDispatcher dispatcher,
      ObsoleteDeliverySweeper sweeper,
      Clock clock,
      ThreadFactory threads) {
    this.ledger = ledger;
    this.lease = lease;
    this.dispatcher = dispatcher;
    this.sweeper = sweeper;
    this.clock = clock;
    this.loop = new WakeableLoop(clock, threads, this::poll);
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void onRecorded(DeliveryRecorded event) {
    if (event.result().verdict() instanceof RetryAt(var due)
        && retryTimers.add(new UnownedBacklog(event.result().claim().endpointId(), due))) {
      loop.wake();
    }
  }

  @Override
  public void onAbandoned(Claim claim) {}

  @Override
  public void onLeaseRenewed(List<CompanyConfig> changedCompanies, long configVersion) {
    if (!changedCompanies.isEmpty()) {
      loop.wake();
    }
  }

  /// Claims due deliveries of an endpoint at once.
  public void claimDue(UUID endpointId) {
    retryTimers.add(new UnownedBacklog(endpointId, clock.instant()));
    loop.wake();
  }

  /// Polls at once.
  public void wake() {
    loop.wake();
  }

  /// When the unowned delivery that is due longest was due; null if none is due.
  public @Nullable Instant oldestUnownedDue() {
    return oldestUnownedDue;
  }

  private Duration poll() {
    try {
      if (!lease.isLeaseFresh()) {
        return UNAVAILABLE_DELAY;
      }
      boolean isSweepPending = sweeper.sweep(lease.state().config());
      claimFor(endpointsToClaim());
      return isSweepPending ? SWEEP_INTERVAL : untilNextPoll();
    } catch (LedgerException _) {
      return UNAVAILABLE_DELAY; // the lease logs it, and the dispatcher waits for its renewal
    } catch (RuntimeException bug) {
      log.error("Claiming due deliveries failed; trying again in {}", SCAN_INTERVAL, bug);
      return SCAN_INTERVAL;
    }
  }

  private Map<UUID, Endpoint> endpointsToClaim() {
    ConfigSnapshot config = lease.state().config();
    Map<UUID, Endpoint> endpoints = new LinkedHashMap<>();
    for (UUID endpointId : retryTimers.removeDue(clock.instant())) {
      addIfDecidable(endpoints, config.endpointConfig(endpointId));
    }
    for (UUID endpointId : dispatcher.endpointsNeedingRefill()) {
      addIfDecidable(endpoints, config.endpointConfig(endpointId));
    }
    if (!untilNextScan().isPositive()) {
      scan(endpoints, config);
      scannedAt = clock.nanoTime();
    }
    return endpoints;
  }

  private void scan(Map<UUID, Endpoint> endpoints, ConfigSnapshot config) {
    Instant now = clock.instant();
    Instant oldest = null;
    for (UnownedBacklog backlog : ledger.unownedBacklogs()) {
      EndpointConfig endpoint = config.endpointConfig(backlog.endpointId());
      if (endpoint != null && endpoint.isBlocked()) {
        sweeper.schedule(backlog.endpointId(), config.version());
      }
      if (backlog.firstDue().isAfter(now)) {
        retryTimers.add(backlog);
      } else {
        addIfDecidable(endpoints, endpoint);
        oldest =
            oldest == null || backlog.firstDue().isBefore(oldest) ? backlog.firstDue() : oldest;
      }
    }
    oldestUnownedDue = oldest;
  }

  /// Leaves an endpoint to the next scan that this node does not know yet or can't sign for. What
  /// is due at a blocked one ends without a signature.
  private static void addIfDecidable(
      Map<UUID, Endpoint> endpoints, @Nullable EndpointConfig endpoint) {
    if (endpoint != null && (endpoint.canSign() || endpoint.isBlocked())) {
      endpoints.put(endpoint.endpoint().id(), endpoint.endpoint());
    }
  }

  private void claimFor(Map<UUID, Endpoint> endpoints) {
    List<ClaimRequest> requests = dispatcher.claimRequests(new ArrayList<>(endpoints.values()));
    if (requests.isEmpty()) {
      return;
    }
    UUID incarnation = lease.state().incarnation();
    List<Claim> claims = lease.asOwner(incarnation, () -> ledger.claim(incarnation, requests));
    dispatcher.enqueueClaimed(OwnedClaim.ofAll(claims, incarnation));
    Map<UUID, Integer> claimedCounts = new HashMap<>();
    for (Claim claim : claims) {
      claimedCounts.merge(claim.endpointId(), 1, Integer::sum);
    }
    for (ClaimRequest request : requests) {
      int claimed = claimedCounts.getOrDefault(request.endpointId(), 0);
      dispatcher.setOverflowing(request.endpointId(), claimed == request.maxClaims());
    }
  }

  private Duration untilNextPoll() {
    Duration scan = untilNextScan();
    Instant nextRetry = retryTimers.nextDue();
    Duration retry = nextRetry == null ? scan : Duration.between(clock.instant(), nextRetry);
    return retry.compareTo(scan) < 0 ? retry : scan;
  }

  private Duration untilNextScan() {
    return scannedAt == null
        ? Duration.ZERO
        : SCAN_INTERVAL.minusNanos(clock.nanoTime() - scannedAt);
  }

  /// Lets a running poll end and claims nothing more.
  @Override
  public void close() {
    loop.close();
  }
}
