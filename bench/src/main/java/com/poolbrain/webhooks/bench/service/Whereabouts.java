package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.bench.load.Marks;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/// Where deliveries are that have not arrived, by the database of our service.
///
/// @param late open: they wait for an attempt
/// @param ended without having been delivered, and why is on record
/// @param lost neither arrived nor on record as open or as ended otherwise
public record Whereabouts(int late, int ended, int lost) {

  private static final Whereabouts ALL_ARRIVED = new Whereabouts(0, 0, 0);

  private static final String BY_EVENT =
      """
      with missing as materialized (
        select id, mark
          from (select id, substring(encode(data, 'escape') from 'b[0-9a-f]{4}z[0-9]{9}') as mark
                  from event) events
         where mark = any(?)
      ), open as (
        select event_id, count(*) as number
          from due where event_id in (select id from missing) group by event_id
      ), ended as (
        select event_id, count(*) as number
          from delivery
         where event_id in (select id from missing) and status <> 'delivered'
         group by event_id
      )
      select mark, coalesce(open.number, 0), coalesce(ended.number, 0)
        from missing
        left join open on open.event_id = missing.id
        left join ended on ended.event_id = missing.id
      """;

  /// What is on record of each event.
  private record Found(int open, int ended) {}

  /// Looks them up.
  ///
  /// @param missing how many deliveries of each event
  public static Whereabouts of(Postgres postgres, Marks marks, SortedMap<Integer, Integer> missing)
      throws SQLException {
    if (missing.isEmpty()) {
      return ALL_ARRIVED;
    }
    Map<String, Found> onRecord = onRecord(postgres, marks, missing);
    int late = 0;
    int ended = 0;
    int lost = 0;
    for (Map.Entry<Integer, Integer> each : missing.entrySet()) {
      Found found = onRecord.getOrDefault(marks.text(each.getKey()), new Found(0, 0));
      int waiting = Math.min(each.getValue(), found.open());
      int over = Math.min(each.getValue() - waiting, found.ended());
      late += waiting;
      ended += over;
      lost += each.getValue() - waiting - over;
    }
    return new Whereabouts(late, ended, lost);
  }

  /// Where nothing is on record, what is missing is lost.
  public static Whereabouts unknown(int missing) {
    return new Whereabouts(0, 0, missing);
  }

  private static Map<String, Found> onRecord(
      Postgres postgres, Marks marks, SortedMap<Integer, Integer> missing) throws SQLException {
    Map<String, Found> found = new HashMap<>();
    try (Connection connection = postgres.connect();
        PreparedStatement query = connection.prepareStatement(BY_EVENT)) {
      Array texts =
          connection.createArrayOf(
              "text", missing.keySet().stream().map(marks::text).toArray(String[]::new));
      query.setArray(1, texts);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.put(
              Objects.requireNonNull(row.getString(1)), new Found(row.getInt(2), row.getInt(3)));
        }
      }
    }
    return found;
  }
}
