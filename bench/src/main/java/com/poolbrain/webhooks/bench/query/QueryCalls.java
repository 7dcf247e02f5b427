package com.poolbrain.webhooks.bench.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.bench.service.Postgres;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// The calls that are measured: the path of each for a delivery that was chosen at random.
final class QueryCalls {

  private record Sample(
      long company, UUID id, UUID eventId, UUID endpoint, String url, String ref, Instant at) {

    private String log() {
      return "/companies/" + company + "/deliveries";
    }

    private String lookup() {
      return "/support/lookup?endpoint_url=" + URLEncoder.encode(url, UTF_8) + "&at=" + at;
    }
  }

  private static final Map<String, Function<Sample, String>> CALLS = calls();

  private final List<Sample> samples;
  private final Random random = new Random(20_260_213);

  QueryCalls(Postgres postgres, int companies) {
    samples = postgres.withConnection(connection -> readSamples(connection, companies));
    if (samples.isEmpty()) {
      throw new IllegalStateException("There are no deliveries to ask for.");
    }
  }

  private static Map<String, Function<Sample, String>> calls() {
    Map<String, Function<Sample, String>> calls = new LinkedHashMap<>();
    calls.put("log", Sample::log);
    calls.put("log of the busiest company", _ -> "/companies/1/deliveries");
    calls.put("log, a day", s -> s.log() + "?to=" + s.at());
    calls.put("log, status", s -> s.log() + "?status=permanently_failed");
    calls.put("log, event", s -> s.log() + "?event=customer.created");
    calls.put("log, endpoint", s -> s.log() + "?endpoint_id=" + s.endpoint());
    calls.put(
        "log, endpoint and status", s -> s.log() + "?status=skipped&endpoint_id=" + s.endpoint());
    calls.put("log, result 5xx", s -> s.log() + "?result=5xx");
    calls.put("log, result that none has", _ -> "/companies/1/deliveries?result=dns");
    calls.put("log, trigger that none has", _ -> "/companies/1/deliveries?trigger=manual");
    calls.put("search, customer", s -> s.log() + "?q=" + s.ref());
    calls.put("search, delivery", s -> s.log() + "?q=" + s.id());
    calls.put("search, event", s -> s.log() + "?q=" + s.eventId());
    calls.put("delivery", s -> s.log() + "/" + s.id());
    calls.put("endpoints with their health", s -> "/companies/" + s.company() + "/endpoints");
    calls.put("look-up, event", s -> "/support/lookup?id=" + s.eventId());
    calls.put("look-up, delivery", s -> "/support/lookup?id=" + s.id());
    calls.put("look-up, URL and time", Sample::lookup);
    calls.put("look-up, URL and time, 24 h", s -> s.lookup() + "&window=24h");
    calls.put(
        "statistics of a company, 30 d", s -> "/companies/" + s.company() + "/stats?window=30d");
    calls.put(
        "statistics of an endpoint, 30 d",
        s -> "/companies/%d/endpoints/%s/stats?window=30d".formatted(s.company(), s.endpoint()));
    return calls;
  }

  /// The names of the calls that the service has.
  ///
  /// @param paths of the OpenAPI document
  List<String> names(Set<String> paths) {
    boolean hasStatistics = paths.stream().anyMatch(path -> path.endsWith("/stats"));
    return CALLS.keySet().stream()
        .filter(name -> hasStatistics || !name.startsWith("statistics"))
        .toList();
  }

  /// The path of a call with random parameters.
  String nextPath(String name) {
    Function<Sample, String> call = CALLS.get(name);
    if (call == null) {
      throw new IllegalArgumentException("no call " + name);
    }
    return call.apply(samples.get(random.nextInt(samples.size())));
  }

  private static List<Sample> readSamples(Connection connection, int companies)
      throws SQLException {
    List<Sample> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select d.company_id, d.id, d.event_id, d.endpoint_id, h.url, r.ref, e.occurred_at
                from generate_series(1, %d) as n
                cross join lateral (
                  select * from delivery
                  where company_id = 1 + n %% %d and id >= bench_lower(now() - n %% 29 * interval '1 day')
                  order by company_id, id limit 1) as d
                join event as e on e.id = d.event_id
                join event_ref as r on r.event_id = d.event_id and r.company_id = d.company_id
                join endpoint as h on h.id = d.endpoint_id
                """
                    .formatted(500, companies))) {
      while (row.next()) {
        found.add(
            new Sample(
                row.getLong(1),
                row.getObject(2, UUID.class),
                row.getObject(3, UUID.class),
                row.getObject(4, UUID.class),
                row.getString(5),
                row.getString(6),
                row.getObject(7, OffsetDateTime.class).toInstant().plus(Duration.ofSeconds(1))));
      }
    }
    return found;
  }
}
