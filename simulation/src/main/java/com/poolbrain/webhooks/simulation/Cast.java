package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.domain.Subscriptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/// The companies of a story with their endpoints, and how those who receive behave.
///
/// @param companies as they are at the beginning
/// @param tempers by endpoint
record Cast(List<Subscriptions> companies, Map<UUID, Temper> tempers) {

  static final List<String> NAMES =
      List.of(
          "customer.created",
          "customer.status.updated",
          "customer.status.changed",
          "job.one_time.created",
          "job.created");
  private static final Temper.Kind[] KINDS = Temper.Kind.values();

  static Cast of(SplittableRandom random, Duration length) {
    List<Subscriptions> companies = new ArrayList<>();
    Map<UUID, Temper> tempers = new LinkedHashMap<>();
    int count = random.nextInt(1, 4);
    for (int i = 0; i < count; i++) {
      long companyId = 40L + i;
      List<Endpoint> endpoints = new ArrayList<>();
      int places = random.nextInt(8) == 0 ? 0 : random.nextInt(1, 4);
      for (int e = 0; e < places; e++) {
        Endpoint endpoint = endpoint(random, companyId);
        endpoints.add(endpoint);
        tempers.put(endpoint.id(), temper(random, length));
      }
      companies.add(
          new Subscriptions(
              new Company(companyId, "Company " + companyId, random.nextInt(8) != 0), endpoints));
    }
    return new Cast(companies, tempers);
  }

  private static Endpoint endpoint(SplittableRandom random, long companyId) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    List<String> names = NAMES.stream().filter(_ -> random.nextInt(3) != 0).toList();
    return new Endpoint(
        id,
        companyId,
        Consumers.url(id, "1"),
        names.isEmpty() ? List.of(NAMES.getFirst()) : names,
        "",
        random.nextInt(12) == 0,
        false,
        StoreClock.START,
        Secrets.of("whsec_" + id),
        tuning(random));
  }

  static Endpoint.Tuning tuning(SplittableRandom random) {
    return new Endpoint.Tuning(
        random.nextInt(10) == 0 ? Duration.ofMillis(random.nextInt(200, 1_500)) : null,
        random.nextInt(3) == 0 ? random.nextInt(1, 5) : null,
        random.nextInt(8) == 0 ? 1 + random.nextInt(20) * 0.7 : null,
        false);
  }

  private static Temper temper(SplittableRandom random, Duration length) {
    Temper.Kind kind =
        random.nextInt(3) == 0 ? Temper.Kind.GOOD : KINDS[random.nextInt(KINDS.length)];
    long wellAt = random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(2 * length.toNanos());
    return new Temper(kind, Duration.ofMillis(random.nextInt(1, 60)), wellAt, random.split());
  }
}
