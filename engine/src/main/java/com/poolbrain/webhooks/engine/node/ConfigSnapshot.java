package com.poolbrain.webhooks.engine.node;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.engine.request.WebhookRequestFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The configuration of all companies as of one version. It decides where events go.
public final class ConfigSnapshot {

  /// The configuration before the first load.
  public static final ConfigSnapshot EMPTY = new ConfigSnapshot(-1, Map.of(), Map.of(), List.of());

  /// An endpoint with its company and its request factory.
  public record EndpointConfig(
      CompanyConfig company, Endpoint endpoint, WebhookRequestFactory requestFactory) {

    /// Whether requests to the endpoint can be signed; else its deliveries wait in the ledger.
    public boolean canSign() {
      return endpoint.signingSecrets().isReadable();
    }

    /// Why nothing may be sent to the endpoint; null if it may.
    public @Nullable SkipReason blockReason() {
      return company.blockReason(endpoint);
    }

    /// Whether nothing may be sent to the endpoint.
    public boolean isBlocked() {
      return blockReason() != null;
    }
  }

  private final long version;
  private final Map<Long, CompanyConfig> companyConfigs;
  private final Map<UUID, EndpointConfig> endpointConfigs;
  private final List<CompanyConfig> companiesWithErasures;

  private ConfigSnapshot(
      long version,
      Map<Long, CompanyConfig> companyConfigs,
      Map<UUID, EndpointConfig> endpointConfigs,
      List<CompanyConfig> companiesWithErasures) {
    this.companiesWithErasures = companiesWithErasures;
    this.version = version;
    this.companyConfigs = companyConfigs;
    this.endpointConfigs = endpointConfigs;
  }

  /// The configuration version; -1 before the first load.
  public long version() {
    return version;
  }

  /// The configuration of a company; null if there is none.
  public @Nullable CompanyConfig companyConfig(long companyId) {
    return companyConfigs.get(companyId);
  }

  /// The companies of which content is being erased, by ascending id.
  public List<CompanyConfig> companiesWithErasures() {
    return companiesWithErasures;
  }

  /// The configuration of an endpoint, deleted ones included; null if there is none.
  public @Nullable EndpointConfig endpointConfig(UUID endpointId) {
    return endpointConfigs.get(endpointId);
  }

  /// This snapshot with the changes that came with a renewal.
  public ConfigSnapshot with(LeaseRenewal leaseRenewal) {
    if (leaseRenewal.configVersion() == version) {
      return this;
    }
    Map<Long, CompanyConfig> newCompanies = new HashMap<>(companyConfigs);
    Map<UUID, EndpointConfig> newEndpoints = new HashMap<>(endpointConfigs);
    for (CompanyConfig loaded : leaseRenewal.changedCompanies()) {
      CompanyConfig updated = withKnownSecrets(loaded);
      newCompanies.put(updated.company().id(), updated);
      for (Endpoint endpoint : updated.endpoints()) {
        newEndpoints.put(
            endpoint.id(),
            new EndpointConfig(updated, endpoint, new WebhookRequestFactory(endpoint)));
      }
    }
    return new ConfigSnapshot(
        leaseRenewal.configVersion(),
        newCompanies,
        newEndpoints,
        newCompanies.values().stream()
            .filter(company -> !company.erasures().isEmpty())
            .sorted(Comparator.comparingLong(company -> company.company().id()))
            .toList());
  }

  /// Keeps the known secrets of endpoints whose stored secrets can't be read; those of a deleted
  /// endpoint are forgotten.
  private CompanyConfig withKnownSecrets(CompanyConfig loaded) {
    if (loaded.endpoints().stream().allMatch(endpoint -> endpoint.signingSecrets().isReadable())) {
      return loaded;
    }
    return loaded.withEndpoints(loaded.endpoints().stream().map(this::withKnownSecrets).toList());
  }

  private Endpoint withKnownSecrets(Endpoint loaded) {
    EndpointConfig known = endpointConfigs.get(loaded.id());
    return loaded.signingSecrets().isReadable() || loaded.deleted() || known == null
        ? loaded
        : loaded.withSecrets(known.endpoint().signingSecrets());
  }
}
