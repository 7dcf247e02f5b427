package com.poolbrain.webhooks.engine.claim;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot.EndpointConfig;
import com.poolbrain.webhooks.engine.node.NodeLease;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Skips unowned deliveries that may no longer be sent: their endpoint was deleted or paused, its
/// company switched webhooks off, or the event was unsubscribed.
public final class ObsoleteDeliverySweeper implements NodeLease.Listener {

  private static final int BATCH_SIZE = 1_000;

  private final Ledger ledger;
  private final Function<String, @Nullable EventType> eventTypes;
  private final Consumer<DeliveriesSkipped> onSkipped;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, Long> pendingEndpoints = new LinkedHashMap<>();

  /// @param eventTypes event types by any of their names
  public ObsoleteDeliverySweeper(
      Ledger ledger,
      Function<String, @Nullable EventType> eventTypes,
      Consumer<DeliveriesSkipped> onSkipped) {
    this.ledger = ledger;
    this.eventTypes = eventTypes;
    this.onSkipped = onSkipped;
  }

  @Override
  public void onLeaseRenewed(List<CompanyConfig> changedCompanies, long configVersion) {
    for (CompanyConfig company : changedCompanies) {
      for (Endpoint endpoint : company.endpoints()) {
        schedule(endpoint.id(), configVersion);
      }
    }
  }

  /// Schedules an endpoint whose deliveries may have to be skipped as of that configuration
  /// version.
  void schedule(UUID endpointId, long configVersion) {
    lock.lock();
    try {
      pendingEndpoints.put(endpointId, configVersion);
    } finally {
      lock.unlock();
    }
  }

  /// Skips one batch for each scheduled endpoint.
  ///
  /// @return whether there may be more to skip
  boolean sweep(ConfigSnapshot config) {
    for (UUID endpointId : pendingSnapshot()) {
      EndpointConfig endpointConfig = config.endpointConfig(endpointId);
      if (endpointConfig == null || sweep(config.version(), endpointConfig)) {
        markDone(endpointId, config.version());
      }
    }
    return !pendingSnapshot().isEmpty();
  }

  /// Returns whether nothing is left to skip for that endpoint.
  private boolean sweep(long configVersion, EndpointConfig endpointConfig) {
    SkipReason blockReason = endpointConfig.blockReason();
    SkipReason reason = blockReason == null ? SkipReason.UNSUBSCRIBED : blockReason;
    List<String> keptNames =
        blockReason == null
            ? endpointConfig.endpoint().subscription().allNames(eventTypes)
            : List.of();
    UUID endpointId = endpointConfig.endpoint().id();
    Optional<List<SkippedDelivery>> result =
        ledger.skipUnowned(configVersion, endpointId, reason, keptNames, BATCH_SIZE);
    List<SkippedDelivery> skipped = result.orElse(List.of());
    if (!skipped.isEmpty()) {
      long companyId = endpointConfig.endpoint().companyId();
      onSkipped.accept(new DeliveriesSkipped(companyId, endpointId, reason, skipped));
    }
    return result.isPresent() && skipped.size() < BATCH_SIZE;
  }

  private List<UUID> pendingSnapshot() {
    lock.lock();
    try {
      return new ArrayList<>(pendingEndpoints.keySet());
    } finally {
      lock.unlock();
    }
  }

  private void markDone(UUID endpointId, long configVersion) {
    lock.lock();
    try {
      pendingEndpoints.computeIfPresent(
          endpointId,
          (_, scheduledVersion) -> scheduledVersion <= configVersion ? null : scheduledVersion);
    } finally {
      lock.unlock();
    }
  }
}
