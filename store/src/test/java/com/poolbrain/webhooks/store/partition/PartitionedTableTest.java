package com.poolbrain.webhooks.store.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void a_month_is_one_partition_that_is_named_by_its_first_day() {
    PartitionedTable audit = PartitionedTable.ALL.getLast();
    assertThat(audit.partitionName(DAY)).isEqualTo("audit_20260201");
    assertThat(audit.span().next(audit.span().firstDay(DAY))).isEqualTo("2026-03-01");
  }

  @ParameterizedTest
  @CsvSource({
    "event, event_20260113, true",
    "event, event_20260114, false",
    "delivery, delivery_20260113, true",
    "delivery, delivery_20260114, false",
    "attempt, attempt_20260113, true",
    "attempt, attempt_20260114, false",
    "event_ref, event_ref_20260113, true",
    "event_ref, event_ref_20260114, false",
    "idempotency, idempotency_20260211, true",
    "idempotency, idempotency_20260212, false",
    "audit, audit_20240101, true",
    "audit, audit_20240201, false",
  })
  void a_partition_is_kept_while_one_of_its_days_is_within_the_retention(
      String name, String partition, boolean isExpired) {
    PartitionedTable table =
        PartitionedTable.ALL.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    assertThat(table.isExpired(partition, DAY, 30)).isEqualTo(isExpired);
  }
}
