package com.poolbrain.webhooks.testkit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.NewEvent;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Builders and operations of ledger tests: nodes, endpoints, deliveries, attempts. It keeps no
/// state about deliveries; only the ledger does.
public final class LedgerFixture {

  /// Company of all endpoints and deliveries of this fixture.
  public static final long COMPANY = 40;

  /// Event type of every event, and the name under which it is sent.
  public static final String EVENT_NAME = "customer.status.updated";

  /// Another subscribed event name.
  public static final String OTHER_EVENT_NAME = "job.one_time.created";

  /// Lease that outlasts every test.
  public static final Duration LONG_LEASE = Duration.ofHours(1);

  /// Response that acknowledges.
  public static final Outcome SUCCESS = new Outcome.Delivered(new EndpointResponse(204, ""));

  /// Response that rejects.
  public static final Outcome FAILURE =
      new Outcome.Failed(ErrorClass.SERVER_ERROR, new EndpointResponse(503, "not now"), null);

  final Ledger ledger;
  private final LedgerHarness harness;
  private final SplittableRandom random;
  private final Instant startTime;
  private int idCount;

  /// A fixture whose ids and data depend on the seed only.
  public LedgerFixture(LedgerHarness harness, long seed) {
    this.harness = harness;
    this.ledger = harness.ledger();
    this.random = new SplittableRandom(seed);
    this.startTime = now();
  }

  /// Time of the store.
  public Instant now() {
    return ledger
        .renewLease(new UUID(0, 0), LONG_LEASE, 0)
        .storeTime()
        .truncatedTo(ChronoUnit.MICROS);
  }

  /// A time before the start of the fixture.
  public Instant secondsAgo(int seconds) {
    return startTime.minusSeconds(seconds);
  }

  /// A time long after the end of every test.
  public Instant farFuture() {
    return startTime.plus(LONG_LEASE);
  }

  /// An id of the recent past. Later calls return greater ids.
  public synchronized UUID newId() {
    idCount++;
    return UuidV7.of(
        startTime.toEpochMilli() - 1_000 + idCount / 4096, idCount % 4096, random.nextLong());
  }

  /// Registers a node whose lease outlasts the test.
  public UUID registerNode() {
    return registerNode(LONG_LEASE);
  }

  /// Registers a node whose lease has ended but that is not expired yet.
  public UUID registerExpiredNode() {
    return registerNode(Duration.ofHours(-1));
  }

  private UUID registerNode(Duration lease) {
    UUID incarnation = newId();
    ledger.registerNode(incarnation, lease);
    return incarnation;
  }

  /// The current configuration version.
  public long configVersion() {
    return renewLease(new UUID(0, 0), 0).configVersion();
  }

  /// Renews the lease of a node for longer than the test.
  public LeaseRenewal renewLease(UUID incarnation, long knownVersion) {
    return ledger.renewLease(incarnation, LONG_LEASE, knownVersion);
  }

  /// A new endpoint that is not configured yet.
  public Endpoint newEndpoint(long companyId) {
    UUID id = newId();
    return Endpoint.create(
        id,
        companyId,
        URI.create("https://consumer.example/" + id),
        List.of(EVENT_NAME, OTHER_EVENT_NAME),
        "whsec_" + id,
        secondsAgo(60));
  }

  /// Configures a company with webhooks enabled.
  public CompanyConfig configureCompany(long companyId, Endpoint... endpoints) {
    CompanyConfig companyConfig =
        new CompanyConfig(new Company(companyId, "Company " + companyId, true), List.of(endpoints));
    harness.configure(companyConfig);
    return companyConfig;
  }

  /// Configures a company with one endpoint.
  public UUID configureSingleEndpoint() {
    Endpoint endpoint = newEndpoint(COMPANY);
    configureCompany(COMPANY, endpoint);
    return endpoint.id();
  }

  /// A new event.
  public Event newEvent(long companyId) {
    String data = "{\"customerId\":" + random.nextInt(1_000_000) + "}";
    return new Event(
        newId(),
        companyId,
        EVENT_NAME,
        secondsAgo(30),
        1,
        data.getBytes(StandardCharsets.US_ASCII));
  }

  /// A delivery that is owned by the node that plans it.
  public NewDelivery ownedDelivery(UUID endpointId) {
    return newDelivery(endpointId, EVENT_NAME, Trigger.AUTOMATIC, true, null);
  }

  /// A delivery without an owner.
  public NewDelivery unownedDelivery(UUID endpointId) {
    return unownedDelivery(endpointId, EVENT_NAME);
  }

  /// A delivery without an owner, under this event name.
  public NewDelivery unownedDelivery(UUID endpointId, String name) {
    return newDelivery(endpointId, name, Trigger.AUTOMATIC, false, null);
  }

  /// A delivery that is stored as skipped.
  public NewDelivery skippedDelivery(UUID endpointId, SkipReason reason) {
    return newDelivery(endpointId, EVENT_NAME, Trigger.AUTOMATIC, false, reason);
  }

  /// A test delivery.
  public NewDelivery testDelivery(UUID endpointId, boolean owned) {
    return newDelivery(endpointId, EVENT_NAME, Trigger.TEST, owned, null);
  }

  private NewDelivery newDelivery(
      UUID endpointId, String name, Trigger trigger, boolean owned, @Nullable SkipReason skip) {
    Event event = newEvent(COMPANY);
    return new NewDelivery(newId(), event, endpointId, name, trigger, owned, skip);
  }

  /// A plan with these deliveries and their events.
  public static Plan planOf(NewDelivery... deliveries) {
    List<NewEvent> events =
        Arrays.stream(deliveries)
            .map(NewDelivery::event)
            .distinct()
            .map(event -> new NewEvent(event, List.of("7")))
            .toList();
    return new Plan(events, List.of(deliveries), Map.of());
  }

  /// Stores deliveries with their events.
  public void store(UUID node, NewDelivery... deliveries) {
    assertThat(ledger.store(node, configVersion(), List.of(planOf(deliveries))))
        .isEqualTo(StoreResult.STORED);
  }

  /// Stores a delivery that is owned by the node that plans it.
  public Claim storeOwned(UUID node, UUID endpointId) {
    NewDelivery delivery = ownedDelivery(endpointId);
    store(node, delivery);
    return claim(delivery);
  }

  /// Stores a delivery without an owner.
  public NewDelivery storeUnowned(UUID node, UUID endpointId) {
    NewDelivery delivery = unownedDelivery(endpointId);
    store(node, delivery);
    return delivery;
  }

  /// The claim that the owner of a new delivery holds.
  public Claim claim(NewDelivery d) {
    return new Claim(
        d.id(), d.event(), d.endpointId(), d.eventName(), d.trigger(), 0, 0, startTime);
  }

  /// Claims due deliveries.
  public List<Claim> claim(UUID node, UUID endpointId, int limit) {
    return ledger.claim(node, List.of(new ClaimRequest(endpointId, limit)));
  }

  /// Claims the only due delivery.
  public Claim claimSingle(UUID node, UUID endpointId) {
    List<Claim> claims = claim(node, endpointId, 10);
    assertThat(claims).hasSize(1);
    return claims.getFirst();
  }

  /// A new attempt that took 250 ms.
  public Attempt newAttempt(Trigger trigger, Outcome outcome) {
    return new Attempt(newId(), trigger, secondsAgo(2), Duration.ofMillis(250), outcome);
  }

  /// A successful attempt.
  public AttemptResult success(Claim claim) {
    return new AttemptResult.Sent(claim, newAttempt(claim.trigger(), SUCCESS), new Verdict.Done());
  }

  /// A failed attempt with this verdict.
  public AttemptResult failure(Claim claim, Verdict verdict) {
    return new AttemptResult.Sent(claim, newAttempt(claim.trigger(), FAILURE), verdict);
  }

  /// A failed attempt that is followed by a retry.
  public AttemptResult failureWithRetry(Claim claim, Instant due) {
    return failure(claim, new Verdict.RetryAt(due));
  }

  /// A failed attempt that ends the delivery.
  public AttemptResult finalFailure(Claim claim) {
    return failure(claim, new Verdict.GiveUp());
  }

  /// A failed manual attempt.
  public AttemptResult manualFailure(Claim claim) {
    return failure(claim, new Verdict.Unchanged());
  }

  /// A verdict without an attempt.
  public static AttemptResult notSent(Claim claim, Verdict verdict) {
    return new AttemptResult.NotSent(claim, verdict);
  }

  /// Records the result of one delivery.
  public RecordedResult recordResult(UUID node, AttemptResult attemptResult) {
    List<RecordedResult> settled = ledger.recordResults(node, List.of(attemptResult));
    assertThat(settled).hasSize(1);
    assertThat(settled.getFirst().deliveryId()).isEqualTo(attemptResult.claim().id());
    return settled.getFirst();
  }

  /// Reopens a delivery for a manual attempt.
  public Claim reopen(UUID node, UUID delivery) {
    ReopenResult reopenResult = ledger.reopen(node, COMPANY, delivery);
    assertThat(reopenResult).isInstanceOf(ReopenResult.Reopened.class);
    return ((ReopenResult.Reopened) reopenResult).claim();
  }

  /// Deliveries without an owner that are not stored yet.
  public List<NewDelivery> unownedDeliveries(int count, UUID endpointId) {
    return IntStream.range(0, count).mapToObj(_ -> unownedDelivery(endpointId)).toList();
  }
}
