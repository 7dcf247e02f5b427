package com.poolbrain.webhooks.store.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PartitionedTableTest {

  private static final LocalDate DAY = LocalDate.of(2026, 2, 13);

  private final PartitionedTable event = PartitionedTable.ALL.getFirst();

  @Test
  void a_day_begins_with_the_least_id_of_its_first_millisecond() {
    long millis = Instant.parse("2026-02-13T00:00:00Z").toEpochMilli();
    assertThat(PartitionedTable.minIdOf(DAY).toString().replace("-", ""))
        .isEqualTo("%012x".formatted(millis) + "0".repeat(20));
  }

  @Test
  void a_partition_is_named_by_its_day_and_the_day_is_read_from_the_name() {
    assertThat(event.partitionName(DAY)).isEqualTo("event_20260213");
    assertThat(event.parseDay("event_20260213")).contains(DAY);
    assertThat(event.parseDay("event_ref_20260213")).isEmpty();
    assertThat(event.parseDay("event_manual")).isEmpty();
  }

  @Test
  void idempotency_is_kept_for_a_day_and_other_tables_for_the_retention() {
    assertThat(PartitionedTable.ALL)
        .extracting(table -> table.name() + " from " + table.firstKeptDay(DAY, 30))
        .containsExactly(
            "event from 2026-01-14",
            "delivery from 2026-01-14",
            "attempt from 2026-01-14",
            "event_ref from 2026-01-14",
            "idempotency from 2026-02-12");
  }
}
