package com.poolbrain.webhooks.bench.query;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Deliveries of a filled database to ask for, in random order.
public final class DeliverySamples {

  private static final int COUNT = 500;

  /// One delivery.
  ///
  /// @param ref search reference of its event
  /// @param at when its event occurred
  record Sample(
      long company, UUID id, UUID eventId, UUID endpoint, String url, String ref, Instant at) {}

  private final long busiestCompany;
  private final List<Sample> samples;
  private final Random random = new Random(20_260_213);

  private DeliverySamples(long busiestCompany, List<Sample> samples) {
    this.busiestCompany = busiestCompany;
    this.samples = samples;
  }

  /// Reads samples.
  public static DeliverySamples of(MonthOfDeliveries month) {
    String sql = // one delivery of each company and day in turn
        """
        select d.company_id, d.id, d.event_id, d.endpoint_id, h.url, r.ref, e.occurred_at
        from generate_series(1, %d) as n
        cross join lateral (
          select * from delivery
          where company_id = %d + n %% %d and id >= bench_lower(now() - n %% 29 * interval '1 day')
          order by company_id, id limit 1) as d
        join event as e on e.id = d.event_id
        join event_ref as r on r.event_id = d.event_id and r.company_id = d.company_id
        join endpoint as h on h.id = d.endpoint_id
        """
            .formatted(COUNT, month.firstCompany(), month.companies());
    List<Sample> samples = month.postgres().withConnection(connection -> read(connection, sql));
    if (samples.isEmpty()) {
      throw new IllegalStateException("There are no deliveries to ask for.");
    }
    return new DeliverySamples(month.firstCompany(), samples);
  }

  private static List<Sample> read(Connection connection, String sql) throws SQLException {
    List<Sample> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
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

  /// Any of them.
  Sample next() {
    return samples.get(random.nextInt(samples.size()));
  }

  /// The company with most deliveries.
  long busiestCompany() {
    return busiestCompany;
  }

  /// The companies of all samples.
  List<Long> companies() {
    return samples.stream().map(Sample::company).distinct().toList();
  }
}
