package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.bench.load.EventMarkers;
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
/// @param open open: they wait for an attempt
/// @param endedUndelivered without having been delivered, and why is on record
/// @param lost neither arrived nor on record as open or as ended otherwise
public record MissingDeliveries(int open, int endedUndelivered, int lost) {

  private static final MissingDeliveries NONE = new MissingDeliveries(0, 0, 0);

  private static final String FIND_BY_MARKER =
      """
      with missing as materialized (
        select id, mark
          from (select id, substring(encode(data, 'escape') from 'b[0-9a-f]{4}z[0-9]{9}') as mark
                  from event) events
         where mark = any(?)
      ), open as (
        select event_id, count(*) as number
          from open_delivery where event_id in (select id from missing) group by event_id
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
  private record RecordedCounts(int open, int endedUndelivered) {}

  /// Looks them up.
  ///
  /// @param missingByEvent how many deliveries of each event
  public static MissingDeliveries lookUp(
      Postgres postgres, EventMarkers eventMarkers, SortedMap<Integer, Integer> missingByEvent)
      throws SQLException {
    if (missingByEvent.isEmpty()) {
      return NONE;
    }
    Map<String, RecordedCounts> recordedByMarker =
        findRecorded(postgres, eventMarkers, missingByEvent);
    int open = 0;
    int endedUndelivered = 0;
    int lost = 0;
    for (Map.Entry<Integer, Integer> entry : missingByEvent.entrySet()) {
      RecordedCounts recordedCounts =
          recordedByMarker.getOrDefault(
              eventMarkers.markerText(entry.getKey()), new RecordedCounts(0, 0));
      int openCount = Math.min(entry.getValue(), recordedCounts.open());
      int endedCount = Math.min(entry.getValue() - openCount, recordedCounts.endedUndelivered());
      open += openCount;
      endedUndelivered += endedCount;
      lost += entry.getValue() - openCount - endedCount;
    }
    return new MissingDeliveries(open, endedUndelivered, lost);
  }

  /// Where nothing is on record, what is missing is lost.
  public static MissingDeliveries allLost(int missingByEvent) {
    return new MissingDeliveries(0, 0, missingByEvent);
  }

  private static Map<String, RecordedCounts> findRecorded(
      Postgres postgres, EventMarkers eventMarkers, SortedMap<Integer, Integer> missingByEvent)
      throws SQLException {
    Map<String, RecordedCounts> found = new HashMap<>();
    try (Connection connection = postgres.connect();
        PreparedStatement query = connection.prepareStatement(FIND_BY_MARKER)) {
      Array texts =
          connection.createArrayOf(
              "text",
              missingByEvent.keySet().stream()
                  .map(eventMarkers::markerText)
                  .toArray(String[]::new));
      query.setArray(1, texts);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.put(
              Objects.requireNonNull(row.getString(1)),
              new RecordedCounts(row.getInt(2), row.getInt(3)));
        }
      }
    }
    return found;
  }
}
