package com.poolbrain.webhooks.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Migrations only expand the schema, because the previous version keeps working on it.
class MigrationRulesTest {

  private static final Path FOLDER = Path.of("src", "main", "resources", "db", "migration");
  private static final Pattern NAME = Pattern.compile("V(\\d+)__[a-z_]+\\.sql");

  /// The last migration of the initial schema, on which no earlier version works.
  private static final int LAST_INITIAL_MIGRATION = 3;

  static List<Path> migrations() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void migrations_after_the_initial_schema_only_expand(Path migration) throws IOException {
    Matcher name = NAME.matcher(migration.getFileName().toString());
    assertThat(name.matches()).as("%s is named V<number>__<words>.sql", migration).isTrue();
    if (Integer.parseInt(name.group(1)) > LAST_INITIAL_MIGRATION) {
      assertThat(MigrationRules.findViolations(Files.readString(migration))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table note",
        "set lock_timeout = '2s'; alter table open_delivery drop column step",
        "set lock_timeout = '2s'; alter table open_delivery drop step",
        "set lock_timeout = '2s'; alter table open_delivery rename column schedule_step to step",
        "set lock_timeout = '2s'; alter table open_delivery rename to pending_delivery",
        "set lock_timeout = '2s'; alter table open_delivery alter column schedule_step type bigint",
        "set lock_timeout = '2s'; ALTER TABLE open_delivery ALTER schedule_step SET DATA TYPE bigint",
        "set lock_timeout = '2s'; alter table open_delivery alter column owner set not null",
        "set lock_timeout = '2s'; alter table open_delivery add column priority integer not null",
        "set lock_timeout = '2s'; alter table open_delivery add priority integer\n  not null",
        "set lock_timeout = '2s'; alter table open_delivery add constraint positive check (schedule_step >= 0)",
        "alter table open_delivery add column priority integer -- lock_timeout",
        "set lock_timeout = '2s'; create index open_delivery_company on open_delivery (company_id)",
        "create unique index open_delivery_company on only open_delivery (company_id)",
        "truncate audit",
        "delete from audit",
        "lock table open_delivery in exclusive mode",
      })
  void a_migration_that_breaks_the_previous_version_is_rejected(String sql) {
    assertThat(MigrationRules.findViolations(sql)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set lock_timeout = '2s'; alter table open_delivery add column priority integer",
        "set lock_timeout = '2s'; alter table open_delivery add column priority integer not null default 0",
        "set lock_timeout = '2s'; alter table open_delivery add column priority integer default 0 not null",
        "set lock_timeout = '2s'; alter table open_delivery alter column owner drop not null",
        "set lock_timeout = '2s'; alter table open_delivery add constraint p check (schedule_step >= 0) not valid",
        "create index concurrently open_delivery_company on open_delivery (company_id)",
        "create table note (id uuid primary key, text text not null); create index on note (id)",
        "create table note (id uuid primary key); create index note_id on note (id) -- lock_timeout",
      })
  void a_migration_that_only_expands_is_accepted(String sql) {
    assertThat(MigrationRules.findViolations("set local lock_timeout = '1s';" + sql)).isEmpty();
  }

  @Test
  void the_initial_migrations_exist() throws IOException {
    assertThat(migrations()).hasSizeGreaterThanOrEqualTo(LAST_INITIAL_MIGRATION);
  }
}
