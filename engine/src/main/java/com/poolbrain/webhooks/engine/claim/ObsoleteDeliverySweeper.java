package com.poolbrain.webhooks.engine.claim;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Ends what waits without an owner for endpoints that may not be sent to any more: deleted,
/// paused, switched off, or un-ticked.
public final class ObsoleteDeliverySweeper {

  private static final int BATCH_SIZE = 1_000;

  private final Ledger ledger;
  private final Function<String, @Nullable EventType> eventTypes;
  private final EngineListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, Long> pendingEndpoints = new LinkedHashMap<>();

  /// @param eventTypes event types by any of their names
  public ObsoleteDeliverySweeper(
      Ledger ledger, Function<String, @Nullable EventType> eventTypes, EngineListener listener) {
    this.ledger = ledger;
    this.eventTypes = eventTypes;
    this.listener = listener;
  }

  /// Something of that endpoint may have to end, as of that configuration version.
  public void schedule(UUID endpointId, long configVersion) {
    lock.lock();
    try {
      pendingEndpoints.put(endpointId, configVersion);
    } finally {
      lock.unlock();
    }
  }

  /// Ends one batch for each endpoint.
  ///
  /// @return whether there may be more to end
  boolean sweep(ConfigSnapshot config) {
    for (UUID endpointId : pendingSnapshot()) {
      ConfigSnapshot.EndpointConfig endpointConfig = config.endpointConfig(endpointId);
      if (endpointConfig == null || sweep(config.version(), endpointConfig)) {
        markDone(endpointId, config.version());
      }
    }
    return !pendingSnapshot().isEmpty();
  }

  /// Says whether all is done for that endpoint.
  private boolean sweep(long configVersion, ConfigSnapshot.EndpointConfig endpointConfig) {
    SkipReason blockReason = endpointConfig.company().blockReason(endpointConfig.endpoint());
    SkipReason reason = blockReason == null ? SkipReason.UNSUBSCRIBED : blockReason;
    List<String> keptNames = blockReason == null ? subscribedNames(endpointConfig) : List.of();
    UUID endpointId = endpointConfig.endpoint().id();
    OptionalInt skippedCount =
        ledger.skipUnowned(configVersion, endpointId, reason, keptNames, BATCH_SIZE);
    if (skippedCount.orElse(0) > 0) {
      listener.onDeliveriesSkipped(
          new DeliveriesSkipped(endpointId, reason, skippedCount.getAsInt()));
    }
    return skippedCount.isPresent() && skippedCount.getAsInt() < BATCH_SIZE;
  }

  /// All names of all types that are ticked under any name.
  private List<String> subscribedNames(ConfigSnapshot.EndpointConfig endpointConfig) {
    Set<String> keptNames = new LinkedHashSet<>();
    for (String name : endpointConfig.endpoint().subscribedEvents()) {
      EventType type = eventTypes.apply(name);
      keptNames.add(name);
      if (type != null) {
        keptNames.add(type.name());
        keptNames.addAll(type.aliases());
      }
    }
    return new ArrayList<>(keptNames);
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
