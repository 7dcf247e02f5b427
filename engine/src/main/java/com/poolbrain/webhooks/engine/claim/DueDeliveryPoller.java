package com.poolbrain.webhooks.engine.claim;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.NodeContext;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.UnownedBacklog;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
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

/// Brings to the lanes what nobody owns: retries whose time has come, deliveries of the dead, and
/// what found no room when it was accepted.
public final class DueDeliveryPoller implements Service {

  private static final Logger log = LoggerFactory.getLogger(DueDeliveryPoller.class);
  private static final Duration SCAN_INTERVAL = Duration.ofSeconds(1);
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(20);
  private static final Duration UNAVAILABLE_DELAY = Duration.ofMillis(300);

  private final NodeContext nodeContext;
  private final Clock clock;
  private final ObsoleteDeliverySweeper sweeper;
  private final WakeableLoop loop;
  private final RetryTimers retryTimers = new RetryTimers();
  private @Nullable Long scannedAt;
  private volatile @Nullable Instant oldestUnownedDue;

  public DueDeliveryPoller(
      NodeContext nodeContext,
      Clock clock,
      ObsoleteDeliverySweeper sweeper,
      ThreadFactory threads) {
    this.nodeContext = nodeContext;
    this.clock = clock;
    this.sweeper = sweeper;
    this.loop = new WakeableLoop(clock, threads, this::poll);
  }

  @Override
  public void start() {
    loop.start();
  }

  /// A delivery of that endpoint waits for that moment.
  public void scheduleAt(UUID endpointId, Instant due) {
    if (retryTimers.add(new UnownedBacklog(endpointId, due))) {
      loop.wake();
    }
  }

  /// Looks at once whether lanes can take more, or something is to be swept.
  public void wake() {
    loop.wake();
  }

  /// When the longest waiting delivery without an owner was due; null if none is due.
  @Nullable
  public Instant oldestUnownedDue() {
    return oldestUnownedDue;
  }

  private Duration poll() {
    try {
      if (!nodeContext.lease().isLeaseFresh()) {
        return UNAVAILABLE_DELAY;
      }
      boolean hasMore = sweeper.sweep(nodeContext.lease().state().config());
      claim(endpointsToClaim());
      return hasMore ? SWEEP_INTERVAL : delayUntilNext();
    } catch (LedgerException _) {
      return UNAVAILABLE_DELAY; // the membership says so, and lanes hold until it is back
    } catch (RuntimeException bug) {
      log.error("Claiming failed; trying again in {}", SCAN_INTERVAL, bug);
      return SCAN_INTERVAL;
    }
  }

  private Map<UUID, Endpoint> endpointsToClaim() {
    ConfigSnapshot config = nodeContext.lease().state().config();
    Map<UUID, Endpoint> endpoints = new LinkedHashMap<>();
    for (UUID endpointId : retryTimers.takeDue(clock.instant())) {
      addIfSignable(endpoints, config.endpointConfig(endpointId));
    }
    for (UUID endpointId : nodeContext.dispatcher().endpointsNeedingRefill()) {
      addIfSignable(endpoints, config.endpointConfig(endpointId));
    }
    if (!delayUntilScan().isPositive()) {
      scan(endpoints, config);
      scannedAt = clock.nanoTime();
    }
    return endpoints;
  }

  private void scan(Map<UUID, Endpoint> endpoints, ConfigSnapshot config) {
    Instant now = clock.instant();
    Instant oldest = null;
    for (UnownedBacklog unownedBacklog : nodeContext.ledger().unownedBacklogs()) {
      ConfigSnapshot.EndpointConfig endpointConfig =
          config.endpointConfig(unownedBacklog.endpointId());
      if (endpointConfig != null
          && endpointConfig.company().blockReason(endpointConfig.endpoint()) != null) {
        sweeper.schedule(unownedBacklog.endpointId(), config.version());
      }
      if (unownedBacklog.firstDue().isAfter(now)) {
        retryTimers.add(unownedBacklog);
      } else {
        addIfSignable(endpoints, endpointConfig);
        oldest =
            oldest == null || unownedBacklog.firstDue().isBefore(oldest)
                ? unownedBacklog.firstDue()
                : oldest;
      }
    }
    oldestUnownedDue = oldest;
  }

  /// An endpoint that this node does not know yet, or can't sign for, is left to the next scan.
  private static void addIfSignable(
      Map<UUID, Endpoint> endpoints, ConfigSnapshot.@Nullable EndpointConfig endpointConfig) {
    if (endpointConfig != null && endpointConfig.canSign()) {
      endpoints.put(endpointConfig.endpoint().id(), endpointConfig.endpoint());
    }
  }

  private void claim(Map<UUID, Endpoint> endpoints) {
    List<ClaimRequest> requests =
        nodeContext.dispatcher().claimRequests(new ArrayList<>(endpoints.values()));
    if (requests.isEmpty()) {
      return;
    }
    NodeLease.NodeState nodeState = nodeContext.lease().state();
    List<Claim> claims = claim(nodeState.incarnation(), requests);
    Map<UUID, Integer> claimedCounts = new HashMap<>();
    for (Claim claim : claims) {
      claimedCounts.merge(claim.endpointId(), 1, Integer::sum);
    }
    nodeContext.dispatcher().enqueueClaimed(OwnedClaim.ofAll(claims, nodeState.incarnation()));
    for (ClaimRequest request : requests) {
      if (claimedCounts.getOrDefault(request.endpointId(), 0) < request.maxClaims()) {
        nodeContext.dispatcher().markCaughtUp(request.endpointId());
      } else {
        nodeContext.dispatcher().markOverflowing(request.endpointId());
      }
    }
  }

  private List<Claim> claim(UUID incarnation, List<ClaimRequest> requests) {
    try {
      return nodeContext.ledger().claim(incarnation, requests);
    } catch (LedgerException.CommitUnknown commitUnknown) {
      nodeContext.lease().abandonIncarnation(incarnation);
      throw commitUnknown;
    }
  }

  private Duration delayUntilNext() {
    Duration scanDelay = delayUntilScan();
    Instant next = retryTimers.nextDue();
    Duration timerDelay = next == null ? scanDelay : Duration.between(clock.instant(), next);
    return timerDelay.compareTo(scanDelay) < 0 ? timerDelay : scanDelay;
  }

  private Duration delayUntilScan() {
    return scannedAt == null
        ? Duration.ZERO
        : SCAN_INTERVAL.minusNanos(clock.nanoTime() - scannedAt);
  }

  /// Lets a running round end and claims nothing more.
  @Override
  public void close() {
    loop.close();
  }
}
