package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.simulation.scheduler.SeededScheduler;
import com.poolbrain.webhooks.simulation.scheduler.SimulationException;
import com.poolbrain.webhooks.simulation.world.FaultInjector;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints.Responder;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import com.poolbrain.webhooks.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// A simulation in which a test decides what happens. It waits in virtual time, and a seed decides
/// the order of threads.
///
/// ```
/// var simulation = new ScriptedSimulation(seed);
/// simulation.run(() -> {
///   SimulatedNode node = simulation.startNode();
///   Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(DELAY));
///   simulation.publish(node, 40, 1);
///   simulation.awaitRequests(endpoint, 1);
/// });
/// ```
final class ScriptedSimulation {

  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  static final Duration LEASE = Duration.ofSeconds(5);
  static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);
  static final EventType EVENT_TYPE = SimulatedEventTypes.CUSTOMER_STATUS_UPDATED;

  final World world;
  private final SeededScheduler scheduler;
  private final SplittableRandom random;
  private final PublishRequestFactory requestFactory = new PublishRequestFactory();
  private final Map<Long, CompanyConfig> configs = new LinkedHashMap<>();
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private int publishCount;

  ScriptedSimulation(long seed) {
    random = new SplittableRandom(seed);
    scheduler = new SeededScheduler(random.split(), 20_000_000);
    scheduler.setPreemptProbability(0.05);
    world = new World(random.split(), scheduler, new FaultInjector(random.split(), 0, 1_000_000));
  }

  void run(SeededScheduler.Task task) {
    try {
      scheduler.run(task);
    } catch (SimulationException exception) {
      Throwable cause = exception.getCause() == null ? exception : exception.getCause();
      throw new AssertionError(cause.getMessage() + "\n" + world.trace().timeline(), cause);
    }
  }

  static EngineSettings settings(int inFlight, int endpointConcurrency) {
    return new EngineSettings(
        LEASE, RetrySchedule.DEFAULT, ATTEMPT_TIMEOUT, inFlight, endpointConcurrency);
  }

  /// Starts a node and waits until it serves.
  SimulatedNode startNode() throws InterruptedException {
    return startNode(settings(40, 8));
  }

  SimulatedNode startNode(EngineSettings settings) throws InterruptedException {
    return start(world.newNode("node" + nodes.size(), settings));
  }

  /// Starts a node whose engine has a listener.
  SimulatedNode startNodeWithListener(EngineListener listener) throws InterruptedException {
    SimulatedNode node = world.newNode("node" + nodes.size(), settings(40, 8));
    node.setListener(listener);
    return start(node);
  }

  private SimulatedNode start(SimulatedNode node) throws InterruptedException {
    nodes.add(node);
    node.start();
    await("the node serves", node::isServing);
    return node;
  }

  Endpoint addEndpoint(long companyId, Responder responder) throws InterruptedException {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    world.endpoints().setResponder(id, responder);
    Endpoint endpoint = SimulatedEndpoints.newEndpoint(id, companyId, List.of(EVENT_TYPE.name()));
    List<Endpoint> endpoints = new ArrayList<>(configOf(companyId).endpoints());
    endpoints.add(endpoint);
    applyConfig(new CompanyConfig(configOf(companyId).company(), endpoints));
    return endpoint;
  }

  private CompanyConfig configOf(long id) {
    return configs.getOrDefault(
        id, new CompanyConfig(new Company(id, "Company " + id, true), List.of()));
  }

  /// Changes the configuration of a company and waits until every node has it.
  void applyConfig(CompanyConfig company) throws InterruptedException {
    configs.put(company.company().id(), company);
    long version = world.ledger().configure(company);
    world.trace("customer", () -> "configures version " + version);
    await(
        "every node has the configuration",
        () -> nodes.stream().allMatch(node -> hasConfig(node, company)));
  }

  private static boolean hasConfig(SimulatedNode node, CompanyConfig company) {
    return !node.isServing() || company.equals(node.engine().companyConfig(company.company().id()));
  }

  void changeConfig(long companyId, UnaryOperator<CompanyConfig> change)
      throws InterruptedException {
    applyConfig(change.apply(configOf(companyId)));
  }

  PublishRequest request(long companyId, int items) {
    return new PublishRequest(
        List.of(requestFactory.publishedEvent(companyId, EVENT_TYPE, items, null, null)), null);
  }

  /// A request with one event of about that many bytes.
  PublishRequest largeRequest(long companyId, int bytes) {
    PublishedEvent publishedEvent =
        new PublishedEvent(
            companyId, EVENT_TYPE, null, null, List.of(requestFactory.item(bytes)), null);
    return new PublishRequest(List.of(publishedEvent), null);
  }

  PublishCall publish(SimulatedNode node, long companyId, int items) {
    return publish(node, request(companyId, items));
  }

  PublishCall publish(SimulatedNode node, PublishRequest publishRequest) {
    PublishCall publishCall = new PublishCall(++publishCount, node.process(), publishRequest, 0);
    node.call(() -> publishCall.execute(node.engine(), world.ledger()));
    return publishCall;
  }

  void await(String fact, BooleanSupplier condition) throws InterruptedException {
    world.await(fact, DEFAULT_TIMEOUT, condition);
  }

  void await(String fact, Duration timeout, BooleanSupplier condition) throws InterruptedException {
    world.await(fact, timeout, condition);
  }

  /// Waits until exactly that many requests were sent to an endpoint.
  void awaitRequests(Endpoint endpoint, int count) throws InterruptedException {
    await(count + " requests were sent", () -> requests(endpoint).size() == count);
  }

  /// Waits until every delivery of an endpoint is delivered.
  void awaitDelivered(Endpoint endpoint) throws InterruptedException {
    awaitDelivered(endpoint, DEFAULT_TIMEOUT);
  }

  void awaitDelivered(Endpoint endpoint, Duration timeout) throws InterruptedException {
    await(
        "all deliveries are delivered",
        timeout,
        () -> allHaveStatus(endpoint, DeliveryStatus.DELIVERED));
  }

  /// Waits until an endpoint has that many deliveries and all are delivered.
  void awaitDelivered(Endpoint endpoint, int count, Duration timeout) throws InterruptedException {
    await(
        count + " deliveries are delivered",
        timeout,
        () ->
            deliveries(endpoint).size() == count
                && allHaveStatus(endpoint, DeliveryStatus.DELIVERED));
  }

  void awaitAnswered(PublishCall publishCall) throws InterruptedException {
    awaitAnswered(List.of(publishCall));
  }

  void awaitAnswered(List<PublishCall> publishCalls) throws InterruptedException {
    await(
        "all publish calls have returned",
        () -> publishCalls.stream().allMatch(PublishCall::isAnswered));
  }

  void advance(Duration time) throws InterruptedException {
    scheduler.sleep(time);
  }

  Duration now() {
    return Duration.ofNanos(scheduler.nanoTime());
  }

  List<SentRequest> requests(Endpoint endpoint) {
    return world.endpoints().requestsTo(endpoint.id());
  }

  /// The deliveries of an endpoint, oldest first.
  List<SimulatedDelivery> deliveries(Endpoint endpoint) {
    return world.ledger().deliveries().stream()
        .filter(delivery -> delivery.info().endpointId().equals(endpoint.id()))
        .toList();
  }

  SimulatedDelivery onlyDelivery(Endpoint endpoint) {
    List<SimulatedDelivery> found = deliveries(endpoint);
    if (found.size() != 1) {
      throw new AssertionError("expected one delivery, found " + found.size());
    }
    return found.getFirst();
  }

  boolean allHaveStatus(Endpoint endpoint, DeliveryStatus status) {
    return deliveries(endpoint).stream().allMatch(delivery -> delivery.status() == status);
  }
}
