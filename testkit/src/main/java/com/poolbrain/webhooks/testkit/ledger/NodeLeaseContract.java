package com.poolbrain.webhooks.testkit.ledger;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.COMPANY;
import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.LONG_LEASE;
import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.planOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

abstract class NodeLeaseContract extends LedgerContractPart {

  @Test
  void registered_node_is_alive() {
    assertThat(fixture.renewLease(fixture.registerNode(), 0).alive()).isTrue();
  }

  @Test
  void unregistered_node_is_not_alive() {
    assertThat(fixture.renewLease(fixture.newId(), 0).alive()).isFalse();
  }

  @Test
  void live_node_count_includes_nodes_with_a_lease_and_the_renewing_node() {
    UUID liveNode = fixture.registerNode();
    fixture.registerNode();
    UUID expiredNode = fixture.registerExpiredNode();

    assertThat(fixture.renewLease(liveNode, 0).liveNodes()).isEqualTo(2);
    assertThat(fixture.renewLease(expiredNode, 0).liveNodes()).isEqualTo(3);
  }

  @Test
  void renewal_returns_companies_changed_since_the_known_version() {
    UUID node = fixture.registerNode();
    CompanyConfig company40 =
        fixture.configureCompany(40, fixture.newEndpoint(40), fixture.newEndpoint(40));
    CompanyConfig company7 = fixture.configureCompany(7);

    LeaseRenewal first = fixture.renewLease(node, -1);
    assertThat(changedCompanies(first)).containsExactlyInAnyOrder(company40, company7);
    assertThat(fixture.renewLease(node, first.configVersion()).changedCompanies()).isEmpty();

    CompanyConfig changed = fixture.configureCompany(7, fixture.newEndpoint(7));
    LeaseRenewal second = fixture.renewLease(node, first.configVersion());
    assertThat(second.configVersion()).isGreaterThan(first.configVersion());
    assertThat(changedCompanies(second)).containsExactly(changed);
    assertThat(fixture.renewLease(node, second.configVersion()).changedCompanies()).isEmpty();
  }

  @Test
  void renewal_includes_deleted_endpoints() {
    UUID node = fixture.registerNode();
    Endpoint endpoint = fixture.newEndpoint(COMPANY);
    fixture.configureCompany(COMPANY, endpoint);
    long knownVersion = fixture.configVersion();

    CompanyConfig changed = fixture.configureCompany(COMPANY, endpoint.withDeleted(true));

    assertThat(changedCompanies(fixture.renewLease(node, knownVersion))).containsExactly(changed);
  }

  /// Without the versions that the ledger gave to the endpoints.
  private static List<CompanyConfig> changedCompanies(LeaseRenewal renewal) {
    return renewal.changedCompanies().stream()
        .map(config ->
            new CompanyConfig(
                config.company(),
                config.endpoints().stream().map(endpoint -> endpoint.withVersion(0)).toList()))
        .toList();
  }

  @Test
  void node_with_expired_lease_is_expired_and_its_deliveries_are_released() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID expiredNode = fixture.registerExpiredNode();
    Claim ownedClaim = fixture.storeOwned(expiredNode, endpoint);
    UUID other = fixture.registerNode();
    assertThat(fixture.claim(other, endpoint, 10)).isEmpty();

    assertThat(ledger.expireDeadNodes(other)).isEqualTo(1);

    assertThat(fixture.renewLease(expiredNode, 0).alive()).isFalse();
    assertThat(fixture.claimSingle(other, endpoint).id()).isEqualTo(ownedClaim.id());
    assertThat(ledger.expireDeadNodes(other)).isZero();
  }

  @Test
  void node_with_valid_lease_is_not_expired() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID liveNode = fixture.registerNode();
    fixture.storeOwned(liveNode, endpoint);
    UUID other = fixture.registerNode();

    assertThat(ledger.expireDeadNodes(other)).isZero();

    assertThat(fixture.renewLease(liveNode, 0).alive()).isTrue();
    assertThat(fixture.claim(other, endpoint, 10)).isEmpty();
  }

  @Test
  void late_renewal_before_expiry_keeps_the_node_alive() {
    UUID expiredNode = fixture.registerExpiredNode();

    assertThat(fixture.renewLease(expiredNode, 0).alive()).isTrue();

    ledger.expireDeadNodes(fixture.registerNode());
    assertThat(fixture.renewLease(expiredNode, 0).alive()).isTrue();
  }

  @Test
  void node_does_not_expire_itself() {
    UUID expiredNode = fixture.registerExpiredNode();
    ledger.expireDeadNodes(expiredNode);
    assertThat(fixture.renewLease(expiredNode, 0).alive()).isTrue();
  }

  @Test
  void expiring_a_node_keeps_deliveries_of_other_nodes() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID liveNode = fixture.registerNode();
    Claim ownedClaim = fixture.storeOwned(liveNode, endpoint);
    fixture.storeOwned(fixture.registerExpiredNode(), endpoint);

    assertThat(ledger.expireDeadNodes(liveNode)).isEqualTo(1);

    assertThat(fixture.recordResult(liveNode, fixture.success(ownedClaim)).late()).isFalse();
  }

  @Test
  void deregister_releases_deliveries_and_may_be_repeated() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID node = fixture.registerNode();
    Claim ownedClaim = fixture.storeOwned(node, endpoint);

    ledger.deregisterNode(node);
    ledger.deregisterNode(node);

    assertThat(fixture.renewLease(node, 0).alive()).isFalse();
    assertThat(fixture.claimSingle(fixture.registerNode(), endpoint).id())
        .isEqualTo(ownedClaim.id());
  }

  @Test
  void expiry_releases_more_deliveries_than_one_batch() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID expiredNode = fixture.registerExpiredNode();
    NewDelivery[] deliveries =
        java.util.stream.IntStream.range(0, 2_500)
            .mapToObj(_ -> fixture.ownedDelivery(endpoint))
            .toArray(NewDelivery[]::new);
    fixture.store(expiredNode, deliveries);
    UUID node = fixture.registerNode();

    assertThat(ledger.expireDeadNodes(node)).isEqualTo(deliveries.length);
    assertThat(fixture.claim(node, endpoint, 5_000)).hasSize(deliveries.length);
  }

  @Test
  void dead_node_stores_nothing() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID deadNode = fixture.registerNode();
    ledger.deregisterNode(deadNode);

    StoreResult storeResult =
        ledger.store(
            deadNode, fixture.configVersion(), List.of(planOf(fixture.unownedDelivery(endpoint))));

    assertThat(storeResult).isEqualTo(StoreResult.NODE_DEAD);
    assertThat(ledger.unownedBacklogs()).isEmpty();
  }

  @Test
  void dead_node_can_neither_claim_nor_reopen() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID node = fixture.registerNode();
    NewDelivery waiting = fixture.storeUnowned(node, endpoint);
    UUID deadNode = fixture.registerNode();
    ledger.deregisterNode(deadNode);

    assertThat(fixture.claim(deadNode, endpoint, 10)).isEmpty();
    assertThat(ledger.reopen(deadNode, COMPANY, waiting.id()))
        .isInstanceOf(ReopenResult.Busy.class);
    assertThat(fixture.claimSingle(node, endpoint).id()).isEqualTo(waiting.id());
  }

  @Test
  void failure_recorded_by_a_dead_node_is_late() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID deadNode = fixture.registerNode();
    Claim claim = fixture.storeOwned(deadNode, endpoint);
    ledger.deregisterNode(deadNode);

    RecordedResult recordedResult = fixture.recordResult(deadNode, fixture.finalFailure(claim));

    assertThat(recordedResult)
        .isEqualTo(
            new RecordedResult(
                claim.id(), 1, DeliveryStatus.PENDING, DeliveryStatus.PENDING, true, false));
    assertThat(fixture.claimSingle(fixture.registerNode(), endpoint).attempts()).isEqualTo(1);
  }

  @Test
  void success_recorded_by_a_dead_node_ends_the_delivery() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID deadNode = fixture.registerNode();
    Claim claim = fixture.storeOwned(deadNode, endpoint);
    ledger.deregisterNode(deadNode);

    RecordedResult recordedResult = fixture.recordResult(deadNode, fixture.success(claim));

    assertThat(recordedResult)
        .isEqualTo(
            new RecordedResult(
                claim.id(), 1, DeliveryStatus.PENDING, DeliveryStatus.DELIVERED, true, false));
    assertThat(fixture.claim(fixture.registerNode(), endpoint, 10)).isEmpty();
  }

  @Test
  void renewal_returns_the_store_time() {
    UUID node = fixture.registerNode();
    LeaseRenewal first = ledger.renewLease(node, LONG_LEASE, 0);
    assertThat(ledger.renewLease(node, LONG_LEASE, 0).storeTime())
        .isAfterOrEqualTo(first.storeTime());
  }
}
