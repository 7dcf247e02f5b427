package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.statistics.DeliveryCounts;
import com.poolbrain.webhooks.domain.statistics.DeliveryStatistics;
import com.poolbrain.webhooks.domain.statistics.StatisticsWindow;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.store.config.Endpoints;
import com.poolbrain.webhooks.store.statistics.StatisticsReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Statistics of endpoints and companies.
public final class StatisticsManagement {

  private final CompanyManagement companies;
  private final Endpoints endpoints;
  private final StatisticsReader reader;
  private final InstantSource clock;

  public StatisticsManagement(
      CompanyManagement companies,
      Endpoints endpoints,
      StatisticsReader reader,
      InstantSource clock) {
    this.companies = companies;
    this.endpoints = endpoints;
    this.reader = reader;
    this.clock = clock;
  }

  /// Statistics of one endpoint, up to now.
  public DeliveryStatistics ofEndpoint(
      Principal principal, long companyId, UUID endpointId, StatisticsWindow window) {
    Operation.READ_STATISTICS.require(principal, companyId);
    if (endpoints.get(companyId, endpointId) == null) {
      throw NotFound.endpoint(companyId, endpointId);
    }
    return reader.read(companyId, endpointId, window, clock.instant());
  }

  /// Statistics of all endpoints of a company, up to now. Those of deleted endpoints are included.
  public DeliveryStatistics ofCompany(
      Principal principal, long companyId, StatisticsWindow window) {
    Operation.READ_STATISTICS.require(principal, companyId);
    companies.requireExists(companyId);
    return reader.read(companyId, null, window, clock.instant());
  }

  /// The counts of each bucket up to now, the oldest first, by endpoint of a company. Endpoints
  /// without any are left out.
  public Map<UUID, List<DeliveryCounts>> byEndpoint(
      Principal principal, long companyId, StatisticsWindow window) {
    Operation.READ_STATISTICS.require(principal, companyId);
    return reader.readByEndpoint(companyId, window, clock.instant());
  }
}
