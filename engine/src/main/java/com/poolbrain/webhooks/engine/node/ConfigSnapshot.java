package com.poolbrain.webhooks.engine.node;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.engine.request.WebhookRequestFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The configuration of all companies as of one version: what decides where events go.
public final class ConfigSnapshot {

  public static final ConfigSnapshot EMPTY = new ConfigSnapshot(-1, Map.of(), Map.of());

  /// An endpoint with all that belongs to it.
  public record EndpointConfig(
      CompanyConfig company, Endpoint endpoint, WebhookRequestFactory requestFactory) {

    /// Whether requests to it can be signed; else its deliveries wait in the ledger.
    public boolean canSign() {
      return endpoint.signingSecrets().isReadable();
    }
  }

  private final long version;
  private final Map<Long, CompanyConfig> companyConfigs;
  private final Map<UUID, EndpointConfig> endpointConfigs;

  private ConfigSnapshot(
      long version,
      Map<Long, CompanyConfig> companyConfigs,
      Map<UUID, EndpointConfig> endpointConfigs) {
    this.version = version;
    this.companyConfigs = companyConfigs;
    this.endpointConfigs = endpointConfigs;
  }

  /// The store's configuration version; -1 before the first load.
  public long version() {
    return version;
  }

  @Nullable
  public CompanyConfig companyConfig(long companyId) {
    return companyConfigs.get(companyId);
  }

  @Nullable
  public EndpointConfig endpointConfig(UUID endpointId) {
    return endpointConfigs.get(endpointId);
  }

  /// This directory with what changed since.
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
    return new ConfigSnapshot(leaseRenewal.configVersion(), newCompanies, newEndpoints);
  }

  /// Where secrets can't be read, those that were known go on; all else is as it was read.
  private CompanyConfig withKnownSecrets(CompanyConfig loaded) {
    if (loaded.endpoints().stream().allMatch(endpoint -> endpoint.signingSecrets().isReadable())) {
      return loaded;
    }
    return new CompanyConfig(
        loaded.company(), loaded.endpoints().stream().map(this::withKnownSecrets).toList());
  }

  private Endpoint withKnownSecrets(Endpoint loaded) {
    EndpointConfig known = endpointConfigs.get(loaded.id());
    return loaded.signingSecrets().isReadable() || known == null
        ? loaded
        : loaded.withSecrets(known.endpoint().signingSecrets());
  }
}
