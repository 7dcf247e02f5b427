package com.poolbrain.webhooks.contracts.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.Ledger;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.NewEvent;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Renewal;
import com.poolbrain.webhooks.engine.Reopening;
import com.poolbrain.webhooks.engine.Room;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import com.poolbrain.webhooks.engine.Storing;
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

/// The words in which the tests of a ledger are told: nodes, endpoints, deliveries, attempts.
/// Nothing in it remembers what it did: only the ledger does.
public final class Story {

  /// The company that everything here belongs to.
  public static final long COMPANY = 40;

  /// The event type of every event, and the name under which it is sent.
  public static final String NAME = "customer.status.updated";

  /// Another name that endpoints have ticked.
  public static final String OTHER_NAME = "job.one_time.created";

  /// Longer than any test lasts.
  public static final Duration LONG = Duration.ofHours(1);

  /// An answer that acknowledges.
  public static final Outcome SUCCESS = new Outcome.Delivered(new Answer(204, ""));

  /// An answer that doesn't.
  public static final Outcome FAILURE =
      new Outcome.Failed(ErrorClass.SERVER_ERROR, new Answer(503, "not now"), null);

  final Ledger ledger;
  private final LedgerWorld world;
  private final SplittableRandom random;
  private final Instant start;
  private int ids;

  /// A story that is the same for the same seed, but for the time.
  public Story(LedgerWorld world, long seed) {
    this.world = world;
    this.ledger = world.ledger();
    this.random = new SplittableRandom(seed);
    this.start = now();
  }

  /// The store's time.
  public Instant now() {
    return ledger.renew(new UUID(0, 0), LONG, 0).now().truncatedTo(ChronoUnit.MICROS);
  }

  /// So long before the story began.
  public Instant earlier(int seconds) {
    return start.minusSeconds(seconds);
  }

  /// Long after the story.
  public Instant later() {
    return start.plus(LONG);
  }

  /// An id of a moment ago; later ones are greater.
  public synchronized UUID id() {
    ids++;
    return UuidV7.of(start.toEpochMilli() - 1_000 + ids / 4096, ids % 4096, random.nextLong());
  }

  /// A node that lives as long as the test.
  public UUID node() {
    return node(LONG);
  }

  /// A node whose lease has ended, though nobody has noticed.
  public UUID silentNode() {
    return node(Duration.ofHours(-1));
  }

  private UUID node(Duration lease) {
    UUID incarnation = id();
    ledger.begin(incarnation, lease);
    return incarnation;
  }

  /// The configuration version now.
  public long version() {
    return renew(new UUID(0, 0), 0).version();
  }

  /// Renews with a long lease.
  public Renewal renew(UUID incarnation, long knownVersion) {
    return ledger.renew(incarnation, LONG, knownVersion);
  }

  /// A new endpoint, not configured yet.
  public Endpoint endpoint(long companyId) {
    UUID id = id();
    return new Endpoint(
        id,
        companyId,
        URI.create("https://consumer.example/" + id),
        List.of(NAME, OTHER_NAME),
        "",
        false,
        false,
        earlier(60),
        Secrets.of("whsec_" + id),
        Endpoint.Tuning.DEFAULT);
  }

  /// Configures a company that is switched on.
  public Subscriptions configure(long companyId, Endpoint... endpoints) {
    Subscriptions subscriptions =
        new Subscriptions(new Company(companyId, "Company " + companyId, true), List.of(endpoints));
    world.given(subscriptions);
    return subscriptions;
  }

  /// A company's only endpoint, configured.
  public UUID onlyEndpoint() {
    Endpoint endpoint = endpoint(COMPANY);
    configure(COMPANY, endpoint);
    return endpoint.id();
  }

  /// A new event.
  public Event event(long companyId) {
    String data = "{\"customerId\":" + random.nextInt(1_000_000) + "}";
    return new Event(
        id(), companyId, NAME, earlier(30), 1, data.getBytes(StandardCharsets.US_ASCII));
  }

  /// A delivery that its node owns from birth.
  public NewDelivery owned(UUID endpointId) {
    return delivery(endpointId, NAME, Trigger.AUTOMATIC, true, null);
  }

  /// A delivery that waits to be claimed.
  public NewDelivery waiting(UUID endpointId) {
    return waiting(endpointId, NAME);
  }

  /// A delivery under some name that waits to be claimed.
  public NewDelivery waiting(UUID endpointId, String name) {
    return delivery(endpointId, name, Trigger.AUTOMATIC, false, null);
  }

  /// A delivery that ends at once.
  public NewDelivery skipped(UUID endpointId, SkipReason reason) {
    return delivery(endpointId, NAME, Trigger.AUTOMATIC, false, reason);
  }

  /// A delivery of the test button.
  public NewDelivery testSend(UUID endpointId, boolean owned) {
    return delivery(endpointId, NAME, Trigger.TEST, owned, null);
  }

  private NewDelivery delivery(
      UUID endpointId, String name, Trigger trigger, boolean owned, @Nullable SkipReason skip) {
    Event event = event(COMPANY);
    return new NewDelivery(id(), event, endpointId, name, trigger, owned, skip);
  }

  /// A plan with these deliveries and their events.
  public static Plan plan(NewDelivery... deliveries) {
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
    assertThat(ledger.store(node, version(), List.of(plan(deliveries)))).isEqualTo(Storing.STORED);
  }

  /// Stores a delivery that the node owns from birth.
  public Claim storeOwned(UUID node, UUID endpointId) {
    NewDelivery delivery = owned(endpointId);
    store(node, delivery);
    return claim(delivery);
  }

  /// Stores a delivery that waits.
  public NewDelivery storeWaiting(UUID node, UUID endpointId) {
    NewDelivery delivery = waiting(endpointId);
    store(node, delivery);
    return delivery;
  }

  /// What the owner of a new delivery holds.
  public Claim claim(NewDelivery d) {
    return new Claim(d.id(), d.event(), d.endpointId(), d.name(), d.trigger(), 0, 0, start);
  }

  /// Claims what is due.
  public List<Claim> claim(UUID node, UUID endpointId, int places) {
    return ledger.claim(node, List.of(new Room(endpointId, places)));
  }

  /// Claims the only delivery that is due.
  public Claim claimOnly(UUID node, UUID endpointId) {
    List<Claim> claims = claim(node, endpointId, 10);
    assertThat(claims).hasSize(1);
    return claims.getFirst();
  }

  /// A new attempt of a quarter of a second.
  public Attempt attempt(Trigger trigger, Outcome outcome) {
    return new Attempt(id(), trigger, earlier(2), Duration.ofMillis(250), outcome);
  }

  /// An attempt that delivered.
  public Settlement succeeded(Claim claim) {
    return new Settlement(claim, attempt(claim.trigger(), SUCCESS), new Verdict.Done());
  }

  /// An attempt that failed, and what follows from it.
  public Settlement failed(Claim claim, Verdict verdict) {
    return new Settlement(claim, attempt(claim.trigger(), FAILURE), verdict);
  }

  /// An attempt that failed and is followed by another.
  public Settlement retry(Claim claim, Instant due) {
    return failed(claim, new Verdict.RetryAt(due));
  }

  /// An attempt that failed and was the last.
  public Settlement gaveUp(Claim claim) {
    return failed(claim, new Verdict.GiveUp());
  }

  /// A manual attempt that failed.
  public Settlement unchanged(Claim claim) {
    return failed(claim, new Verdict.Unchanged());
  }

  /// What follows without an attempt.
  public static Settlement unsent(Claim claim, Verdict verdict) {
    return new Settlement(claim, null, verdict);
  }

  /// Settles one delivery.
  public Settled settle(UUID node, Settlement settlement) {
    List<Settled> settled = ledger.settle(node, List.of(settlement));
    assertThat(settled).hasSize(1);
    assertThat(settled.getFirst().deliveryId()).isEqualTo(settlement.claim().id());
    return settled.getFirst();
  }

  /// Opens a delivery for a manual attempt.
  public Claim reopened(UUID node, UUID delivery) {
    Reopening reopening = ledger.reopen(node, COMPANY, delivery);
    assertThat(reopening).isInstanceOf(Reopening.Reopened.class);
    return ((Reopening.Reopened) reopening).claim();
  }

  /// Deliveries that wait, not stored yet.
  public List<NewDelivery> many(int count, UUID endpointId) {
    return IntStream.range(0, count).mapToObj(_ -> waiting(endpointId)).toList();
  }
}
