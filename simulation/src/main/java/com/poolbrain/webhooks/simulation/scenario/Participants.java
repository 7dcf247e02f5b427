package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.simulation.world.EndpointBehavior;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/// The companies of a scenario, and the behavior of their endpoints.
///
/// @param companies their configuration at the start
/// @param behaviors by endpoint id
record Participants(List<CompanyConfig> companies, Map<UUID, EndpointBehavior> behaviors) {

  static final List<String> EVENT_TYPE_NAMES =
      List.of(
          "customer.created",
          "customer.status.updated",
          "customer.status.changed",
          "job.one_time.created",
          "job.created");
  private static final EndpointBehavior.Kind[] BEHAVIOR_KINDS = EndpointBehavior.Kind.values();

  static Participants generate(SplittableRandom random, Duration duration) {
    List<CompanyConfig> companies = new ArrayList<>();
    Map<UUID, EndpointBehavior> behaviors = new LinkedHashMap<>();
    int companyCount = random.nextInt(1, 4);
    for (int i = 0; i < companyCount; i++) {
      long companyId = 40L + i;
      List<Endpoint> endpoints = new ArrayList<>();
      int endpointCount = random.nextInt(8) == 0 ? 0 : random.nextInt(1, 4);
      for (int e = 0; e < endpointCount; e++) {
        Endpoint endpoint = randomEndpoint(random, companyId);
        endpoints.add(endpoint);
        behaviors.put(endpoint.id(), randomBehavior(random, duration));
      }
      companies.add(
          new CompanyConfig(
              new Company(companyId, "Company " + companyId, random.nextInt(8) != 0), endpoints));
    }
    return new Participants(companies, behaviors);
  }

  private static Endpoint randomEndpoint(SplittableRandom random, long companyId) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    List<String> subscribedEvents =
        EVENT_TYPE_NAMES.stream().filter(_ -> random.nextInt(3) != 0).toList();
    Endpoint endpoint =
        SimulatedEndpoints.newEndpoint(
            id,
            companyId,
            subscribedEvents.isEmpty() ? List.of(EVENT_TYPE_NAMES.getFirst()) : subscribedEvents);
    return endpoint.withPaused(random.nextInt(12) == 0).withDeliveryOptions(randomOptions(random));
  }

  static Endpoint.DeliveryOptions randomOptions(SplittableRandom random) {
    return new Endpoint.DeliveryOptions(
        random.nextInt(10) == 0 ? Duration.ofMillis(random.nextInt(200, 1_500)) : null,
        random.nextInt(3) == 0 ? random.nextInt(1, 5) : null,
        random.nextInt(8) == 0 ? 1 + random.nextInt(20) * 0.7 : null,
        false,
        false);
  }

  private static EndpointBehavior randomBehavior(SplittableRandom random, Duration duration) {
    EndpointBehavior.Kind kind =
        random.nextInt(3) == 0
            ? EndpointBehavior.Kind.HEALTHY
            : BEHAVIOR_KINDS[random.nextInt(BEHAVIOR_KINDS.length)];
    long recoversAt =
        random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(2 * duration.toNanos());
    return new EndpointBehavior(
        kind, Duration.ofMillis(random.nextInt(1, 60)), recoversAt, random.split());
  }
}
