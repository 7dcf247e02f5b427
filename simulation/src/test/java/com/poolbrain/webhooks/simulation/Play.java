package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.engine.Part;
import com.poolbrain.webhooks.engine.Submission;
import com.poolbrain.webhooks.engine.Watch;
import com.poolbrain.webhooks.simulation.Consumers.Consumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// A world in which a test says what happens. It waits for facts, in virtual time, and the seed
/// decides in which order threads run.
///
/// ```
/// var play = new Play(seed);
/// play.run(() -> {
///   NodeProcess node = play.node();
///   Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(MILLIS));
///   play.publish(node, 40, 1);
///   play.await("it arrives", () -> play.received(endpoint).size() == 1);
/// });
/// ```
final class Play {

  static final Duration SOON = Duration.ofSeconds(30);
  static final Duration LEASE = Duration.ofSeconds(5);
  static final Duration TIMEOUT = Duration.ofSeconds(10);
  static final EventType TYPE = Types.STATUS;

  final World world;
  private final SeededScheduler scheduler;
  private final SplittableRandom random;
  private final Submissions submissions = new Submissions();
  private final Map<Long, Subscriptions> companies = new LinkedHashMap<>();
  private final List<NodeProcess> nodes = new ArrayList<>();
  private int publications;

  Play(long seed) {
    random = new SplittableRandom(seed);
    scheduler = new SeededScheduler(random.split(), 20_000_000);
    scheduler.unrest(0.05);
    world = new World(random.split(), scheduler, new Weather(random.split(), 0, 1_000_000));
  }

  void run(SeededScheduler.Task task) {
    try {
      scheduler.run(task);
    } catch (SimulationException broken) {
      Throwable why = broken.getCause() == null ? broken : broken.getCause();
      throw new AssertionError(why.getMessage() + "\n" + world.journal().timeline(), why);
    }
  }

  static EngineSettings settings(int inFlight, int endpointConcurrency) {
    return new EngineSettings(
        LEASE, RetrySchedule.PROMISED, TIMEOUT, inFlight, endpointConcurrency);
  }

  /// A node that serves.
  NodeProcess node() throws InterruptedException {
    return node(settings(40, 8));
  }

  NodeProcess node(EngineSettings settings) throws InterruptedException {
    return started(world.node("node" + nodes.size(), settings));
  }

  /// A node that serves, and tells somebody what happens.
  NodeProcess watched(Watch watch) throws InterruptedException {
    NodeProcess node = world.node("node" + nodes.size(), settings(40, 8));
    node.watchedBy(watch);
    return started(node);
  }

  private NodeProcess started(NodeProcess node) throws InterruptedException {
    nodes.add(node);
    node.start();
    await("it serves", node::serves);
    return node;
  }

  Endpoint endpoint(long companyId, Consumer consumer) throws InterruptedException {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    world.consumers().behave(id, consumer);
    Endpoint endpoint =
        new Endpoint(
            id,
            companyId,
            Consumers.url(id, "1"),
            List.of(TYPE.name()),
            "",
            false,
            false,
            StoreClock.START,
            Secrets.of("whsec_" + id),
            Endpoint.Tuning.DEFAULT);
    List<Endpoint> endpoints = new ArrayList<>(company(companyId).endpoints());
    endpoints.add(endpoint);
    configure(new Subscriptions(company(companyId).company(), endpoints));
    return endpoint;
  }

  private Subscriptions company(long id) {
    return companies.getOrDefault(
        id, new Subscriptions(new Company(id, "Company " + id, true), List.of()));
  }

  /// Changes the configuration; when this returns, every node knows.
  void configure(Subscriptions company) throws InterruptedException {
    companies.put(company.company().id(), company);
    long version = world.ledger().configure(company);
    world.journal().note("customer", () -> "configures version " + version);
    await("all know it", () -> nodes.stream().allMatch(node -> knows(node, company)));
  }

  private static boolean knows(NodeProcess node, Subscriptions company) {
    return !node.serves() || company.equals(node.engine().company(company.company().id()));
  }

  void change(long companyId, UnaryOperator<Subscriptions> change) throws InterruptedException {
    configure(change.apply(company(companyId)));
  }

  Submission submission(long companyId, int items) {
    return new Submission(List.of(submissions.part(companyId, TYPE, items, null, null)), null);
  }

  /// One event that is large.
  Submission large(long companyId, int bytes) {
    Part part = new Part(companyId, TYPE, null, null, List.of(submissions.item(bytes)), null);
    return new Submission(List.of(part), null);
  }

  Publication publish(NodeProcess node, long companyId, int items) {
    return publish(node, submission(companyId, items));
  }

  Publication publish(NodeProcess node, Submission submission) {
    Publication publication = new Publication(++publications, node.crew(), submission, 0);
    node.call(() -> publication.handIn(node.engine(), world.ledger()));
    return publication;
  }

  void await(String fact, BooleanSupplier isFact) throws InterruptedException {
    world.await(fact, SOON, isFact);
  }

  void await(String fact, Duration atMost, BooleanSupplier isFact) throws InterruptedException {
    world.await(fact, atMost, isFact);
  }

  void pass(Duration time) throws InterruptedException {
    scheduler.sleep(time);
  }

  Duration now() {
    return Duration.ofNanos(scheduler.nanos());
  }

  List<Sent> received(Endpoint endpoint) {
    return world.consumers().receivedBy(endpoint.id());
  }

  /// The deliveries of an endpoint, oldest first.
  List<Delivery> deliveries(Endpoint endpoint) {
    return world.ledger().deliveries().stream()
        .filter(delivery -> delivery.made().endpointId().equals(endpoint.id()))
        .toList();
  }

  Delivery onlyDelivery(Endpoint endpoint) {
    List<Delivery> all = deliveries(endpoint);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " deliveries");
    }
    return all.getFirst();
  }

  boolean allAre(Endpoint endpoint, DeliveryStatus status) {
    return deliveries(endpoint).stream().allMatch(delivery -> delivery.status() == status);
  }
}
