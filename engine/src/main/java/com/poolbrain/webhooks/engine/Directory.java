package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Subscriptions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The configuration of all companies as of one version: what decides where events go.
final class Directory {

  static final Directory EMPTY = new Directory(-1, Map.of(), Map.of());

  /// An endpoint with all that belongs to it.
  record Place(Subscriptions subscriptions, Endpoint endpoint, Signing signing) {

    /// Whether requests to it can be signed; else its deliveries wait in the ledger.
    boolean signs() {
      return endpoint.secrets().readable();
    }
  }

  private final long version;
  private final Map<Long, Subscriptions> companies;
  private final Map<UUID, Place> places;

  private Directory(long version, Map<Long, Subscriptions> companies, Map<UUID, Place> places) {
    this.version = version;
    this.companies = companies;
    this.places = places;
  }

  /// The store's configuration version; -1 before the first load.
  long version() {
    return version;
  }

  @Nullable Subscriptions company(long companyId) {
    return companies.get(companyId);
  }

  @Nullable Place place(UUID endpointId) {
    return places.get(endpointId);
  }

  /// This directory with what changed since.
  Directory with(Renewal renewal) {
    if (renewal.version() == version) {
      return this;
    }
    Map<Long, Subscriptions> newCompanies = new HashMap<>(companies);
    Map<UUID, Place> newPlaces = new HashMap<>(places);
    for (Subscriptions read : renewal.changed()) {
      Subscriptions changed = withKnownSecrets(read);
      newCompanies.put(changed.company().id(), changed);
      for (Endpoint endpoint : changed.endpoints()) {
        newPlaces.put(endpoint.id(), new Place(changed, endpoint, new Signing(endpoint)));
      }
    }
    return new Directory(renewal.version(), newCompanies, newPlaces);
  }

  /// Where secrets can't be read, those that were known go on; all else is as it was read.
  private Subscriptions withKnownSecrets(Subscriptions read) {
    if (read.endpoints().stream().allMatch(endpoint -> endpoint.secrets().readable())) {
      return read;
    }
    return new Subscriptions(
        read.company(), read.endpoints().stream().map(this::withKnownSecrets).toList());
  }

  private Endpoint withKnownSecrets(Endpoint read) {
    Place known = places.get(read.id());
    return read.secrets().readable() || known == null
        ? read
        : read.with(known.endpoint().secrets());
  }
}
