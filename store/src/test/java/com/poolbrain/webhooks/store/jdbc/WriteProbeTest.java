package com.poolbrain.webhooks.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class WriteProbeTest {

  /// Refuses rows as a full disk does.
  private static final String FILL_DISK =
      """
      create function refuse() returns trigger language plpgsql as $$
        begin
          raise exception 'could not extend file: No space left on device' using errcode = '53100';
        end $$;
      create trigger refuse before insert on write_probe execute function refuse()
      """;

  private final TestDatabase testDatabase;
  private final Database database;
  private final AtomicLong nanoTime = new AtomicLong(-7);
  private final WriteProbe probe;

  WriteProbeTest(TestServer server) {
    testDatabase = server.createDatabase();
    database = testDatabase.open();
    probe = new WriteProbe(database.apiTransactions(), nanoTime::get);
  }

  @AfterEach
  void close() {
    database.close();
    testDatabase.close();
  }

  private boolean isWritableAfter(Duration time) {
    nanoTime.addAndGet(time.toNanos());
    return probe.isWritable();
  }

  private long probeFile() {
    return TestSql.queryLong(database, "select pg_relation_filenode('write_probe')");
  }

  @Test
  void database_without_space_for_rows_is_not_writable_until_it_has_space() {
    assertThat(probe.isWritable()).isTrue();

    TestSql.execute(testDatabase.settings(), FILL_DISK);
    assertThat(isWritableAfter(Duration.ofSeconds(5))).isFalse();
    assertThat(isWritableAfter(Duration.ofSeconds(5))).isFalse();

    TestSql.execute(testDatabase.settings(), "drop trigger refuse on write_probe");
    assertThat(isWritableAfter(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void database_that_is_full_at_the_first_probe_is_not_writable() {
    TestSql.execute(testDatabase.settings(), FILL_DISK);

    assertThat(probe.isWritable()).isFalse();
  }

  @Test
  void each_probe_needs_new_space_on_the_disk() {
    probe.isWritable();
    long firstFile = probeFile();

    assertThat(isWritableAfter(Duration.ofSeconds(5))).isTrue();

    assertThat(probeFile()).isNotEqualTo(firstFile);
    assertThat(TestSql.queryLong(database, "select pg_relation_size('write_probe')"))
        .isGreaterThanOrEqualTo(64_000);
  }

  @Test
  void database_is_asked_once_in_five_seconds() {
    probe.isWritable();
    long file = probeFile();

    assertThat(isWritableAfter(Duration.ofMillis(4_999))).isTrue();
    assertThat(probeFile()).isEqualTo(file);

    assertThat(isWritableAfter(Duration.ofMillis(1))).isTrue();
    assertThat(probeFile()).isNotEqualTo(file);
  }
}
