package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.bench.load.EventMarkers;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/// What became of deliveries that were not received, by the database of the service.
///
/// @param open deliveries that wait for an attempt
/// @param endedUndelivered deliveries recorded as failed permanently, skipped or cancelled
/// @param lost deliveries with neither record
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

  /// Looks up missing deliveries.
  ///
  /// @param missingByEvent event number to number of missing deliveries
  public static MissingDeliveries lookUp(
      Postgres postgres, EventMarkers markers, SortedMap<Integer, Integer> missingByEvent) {
    if (missingByEvent.isEmpty()) {
      return NONE;
    }
    String[] texts =
        missingByEvent.keySet().stream().map(markers::markerText).toArray(String[]::new);
    Map<String, MissingDeliveries> recordedByMarker =
        postgres.withConnection(connection -> {
          try (PreparedStatement query = connection.prepareStatement(FIND_BY_MARKER)) {
            query.setArray(1, connection.createArrayOf("text", texts));
            return read(query);
          }
        });
    MissingDeliveries sum = NONE;
    for (Map.Entry<Integer, Integer> entry : missingByEvent.entrySet()) {
      String marker = markers.markerText(entry.getKey());
      sum = sum.plus(recordedByMarker.getOrDefault(marker, NONE).withMissing(entry.getValue()));
    }
    return sum;
  }

  private static Map<String, MissingDeliveries> read(PreparedStatement query) throws SQLException {
    Map<String, MissingDeliveries> found = new HashMap<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.put(
            Objects.requireNonNull(row.getString(1)),
            new MissingDeliveries(row.getInt(2), row.getInt(3), 0));
      }
    }
    return found;
  }

  /// All of them lost, for servers whose database cannot be read.
  public static MissingDeliveries allLost(SortedMap<Integer, Integer> missingByEvent) {
    return NONE.withMissing(missingByEvent.values().stream().mapToInt(Integer::intValue).sum());
  }

  /// Splits a number of missing deliveries by what is recorded here.
  private MissingDeliveries withMissing(int missing) {
    int stillOpen = Math.min(missing, open);
    int ended = Math.min(missing - stillOpen, endedUndelivered);
    return new MissingDeliveries(stillOpen, ended, missing - stillOpen - ended);
  }

  private MissingDeliveries plus(MissingDeliveries other) {
    return new MissingDeliveries(
        open + other.open, endedUndelivered + other.endedUndelivered, lost + other.lost);
  }
}
