package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.engine.ledger.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The lanes that there are, by endpoint, and the companies that they belong to. Guarded by the
/// lock of [DeliveryDispatcher].
final class QueueRegistry {

  private final Map<Long, CompanyQueue> companies = new HashMap<>();
  private final Map<UUID, EndpointQueue> queues = new HashMap<>();

  EndpointQueue queueOf(Claim claim) {
    return queueOf(claim.event().companyId(), claim.endpointId());
  }

  EndpointQueue queueOf(long companyId, UUID endpointId) {
    EndpointQueue queue = queues.get(endpointId);
    if (queue == null) {
      queue =
          new EndpointQueue(endpointId, companies.computeIfAbsent(companyId, CompanyQueue::new));
      queues.put(endpointId, queue);
    }
    return queue;
  }

  /// The lane of an endpoint; null if there never was one.
  @Nullable EndpointQueue find(UUID endpointId) {
    return queues.get(endpointId);
  }

  /// The lanes of one company.
  List<EndpointQueue> queuesOfCompany(long companyId) {
    CompanyQueue company = companies.get(companyId);
    return queues.values().stream().filter(queue -> queue.company == company).toList();
  }

  List<EndpointQueue> all() {
    return new ArrayList<>(queues.values());
  }

  /// Claims that wait in all of them.
  int waitingCount() {
    return queues.values().stream().mapToInt(EndpointQueue::waitingCount).sum();
  }
}
