package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Generates the events of a scenario. The order of the random draws is part of every seed.
final class ScenarioGenerator {

  private final SplittableRandom random;
  private final ScenarioParams params;
  private final Participants participants;
  private final PublishRequestFactory requestFactory = new PublishRequestFactory();
  private final List<ScenarioEvent> events = new ArrayList<>();

  ScenarioGenerator(SplittableRandom random, ScenarioParams params, Participants participants) {
    this.random = random;
    this.params = params;
    this.participants = participants;
  }

  List<ScenarioEvent> generate() {
    int publishCount = random.nextInt(2, 13);
    for (int i = 0; i < publishCount; i++) {
      addPublish();
    }
    ScenarioParams.FaultKinds faultKinds = params.faultKinds();
    repeat(faultKinds.configChanges() ? 6 : 0, this::addConfigChange);
    repeat(faultKinds.manualCalls() ? 6 : 0, this::addManualCall);
    repeat(faultKinds.nodeFailures() ? 4 : 0, this::addNodeFailure);
    repeat(faultKinds.ledgerOutages() ? 2 : 0, this::addLedgerOutage);
    repeat(faultKinds.clockJumps() ? 3 : 0, this::addClockJump);
    events.sort(Comparator.comparing(ScenarioEvent::at));
    return List.copyOf(events);
  }

  private void repeat(int max, Runnable action) {
    int count = max == 0 ? 0 : random.nextInt(1, max + 1);
    for (int i = 0; i < count; i++) {
      action.run();
    }
  }

  private void addPublish() {
    Duration at = randomTime();
    PublishRequest publishRequest = randomRequest();
    events.add(new ScenarioEvent.Publish(at, randomNode(), publishRequest));
    if (publishRequest.idempotentRequest() != null
        || publishRequest.events().getFirst().idempotentRequest() != null) {
      for (int i = random.nextInt(3); i > 0; i--) {
        Duration repeatedAt = random.nextBoolean() ? at : at.plusMillis(random.nextInt(3_000));
        events.add(new ScenarioEvent.Publish(repeatedAt, randomNode(), publishRequest));
      }
    }
  }

  private PublishRequest randomRequest() {
    if (random.nextInt(6) == 0) {
      return burstRequest();
    }
    int count = random.nextInt(1, 4);
    String operation = random.nextInt(3) == 0 ? "op" + random.nextInt(2) : null;
    boolean hasRequestKey = random.nextInt(4) == 0;
    List<PublishedEvent> publishedEvents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = random.nextInt(6) == 0 ? "k" + random.nextInt(4) : null;
      publishedEvents.add(
          requestFactory.publishedEvent(
              randomCompanyId(), randomEventType(), random.nextInt(1, 4), operation, key));
    }
    return hasRequestKey
        ? PublishRequestFactory.withIdempotencyKey(publishedEvents, "request-" + random.nextInt(6))
        : new PublishRequest(publishedEvents, null);
  }

  private PublishRequest burstRequest() {
    PublishedEvent publishedEvent =
        requestFactory.publishedEvent(
            randomCompanyId(), SimulatedEventTypes.JOB_CREATED, random.nextInt(10, 60), null, null);
    return new PublishRequest(List.of(publishedEvent), null);
  }

  private void addConfigChange() {
    ScenarioEvent.ConfigEdit[] choices = ScenarioEvent.ConfigEdit.values();
    int company = random.nextInt(participants.companies().size());
    var edit = choices[random.nextInt(choices.length)];
    events.add(new ScenarioEvent.ChangeConfig(randomTime(), company, edit, randomPick()));
    if (random.nextInt(2) == 0 && edit != ScenarioEvent.ConfigEdit.DELETE_ENDPOINT) {
      events.add(new ScenarioEvent.ChangeConfig(randomTime(), company, edit, randomPick()));
    }
  }

  private void addManualCall() {
    ScenarioEvent.ManualAction[] choices = ScenarioEvent.ManualAction.values();
    Duration at = random.nextBoolean() ? randomTime() : randomTime().plus(params.duration());
    events.add(
        new ScenarioEvent.CallManually(
            at, randomNode(), choices[random.nextInt(choices.length)], randomPick()));
  }

  private void addNodeFailure() {
    Duration at = randomTime();
    int node = randomNode();
    Duration downtime = Duration.ofMillis(random.nextInt(8_000));
    switch (random.nextInt(5)) {
      case 0 -> events.add(new ScenarioEvent.ShutDownNode(at, node));
      case 1, 2 -> events.add(new ScenarioEvent.PauseNode(at, node, downtime));
      default -> events.add(new ScenarioEvent.KillNode(at, node, random.nextInt(300)));
    }
    if (random.nextInt(4) != 0) {
      events.add(new ScenarioEvent.StartNode(at.plus(downtime), node));
    }
  }

  private void addLedgerOutage() {
    events.add(
        new ScenarioEvent.LedgerOutage(randomTime(), Duration.ofMillis(random.nextInt(5_000))));
  }

  private void addClockJump() {
    events.add(
        new ScenarioEvent.JumpClock(
            randomTime(), Duration.ofMillis(random.nextInt(-6_000, 6_000))));
  }

  private Duration randomTime() {
    return Duration.ofNanos(random.nextLong(params.duration().toNanos()));
  }

  private int randomNode() {
    return random.nextInt(params.nodeCount());
  }

  private int randomPick() {
    return random.nextInt(1 << 20);
  }

  private long randomCompanyId() {
    return 40L + random.nextInt(participants.companies().size());
  }

  private EventType randomEventType() {
    return SimulatedEventTypes.ALL.get(random.nextInt(SimulatedEventTypes.ALL.size()));
  }
}
