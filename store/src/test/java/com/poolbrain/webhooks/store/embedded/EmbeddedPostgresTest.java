package com.poolbrain.webhooks.store.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.jdbc.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@Tag("slow")
class EmbeddedPostgresTest {

  private static Path template = Path.of("");

  private Path folder = Path.of("");

  @BeforeAll
  static void createTemplate() {
    template = TestFolders.createFolder();
    EmbeddedPostgres.start(template, TestFolders.PROGRAMS).close();
  }

  @AfterAll
  static void deleteTemplate() {
    TestFolders.delete(template);
  }

  @BeforeEach
  void copyTemplate() {
    folder = TestFolders.createCopy(template);
  }

  @AfterEach
  void assertNoProcessLeft() throws IOException {
    assertThat(findRunning()).isEmpty();
    TestFolders.delete(folder);
  }

  @Test
  void data_password_and_port_survive_a_restart() throws Exception {
    DatabaseSettings first;
    try (EmbeddedPostgres postgres = start()) {
      first = postgres.settings();
      TestSql.execute(first, "create table kept (x int); insert into kept values (42)");
    }
    try (EmbeddedPostgres postgres = start()) {
      assertThat(postgres.settings()).isEqualTo(first);
      assertThat(query(first, "select x from kept")).isEqualTo("42");
    }
  }

  @Test
  void commits_are_durable_and_only_loopback_connections_are_accepted() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      DatabaseSettings settings = postgres.settings();
      assertThat(query(settings, "show fsync")).isEqualTo("on");
      assertThat(query(settings, "show synchronous_commit")).isEqualTo("on");
      assertThat(query(settings, "show full_page_writes")).isEqualTo("on");
      assertThat(query(settings, "show data_checksums")).isEqualTo("on");
      assertThat(query(settings, "show server_version")).startsWith("18");
      assertThat(query(settings, "show listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void connections_without_the_password_are_refused() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      DatabaseSettings right = postgres.settings();
      DatabaseSettings wrong =
          DatabaseSettings.withDefaults(right.jdbcUrl(), right.user(), "wrong");
      assertThatThrownBy(() -> query(wrong, "select 1"))
          .hasMessageContaining("password authentication failed");
      assertThat(
              query(
                  postgres.superuserSettings(),
                  "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
          .isEqualTo("scram-sha-256");
    }
  }

  @Test
  void the_service_connects_as_an_ordinary_role_that_owns_the_database() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      DatabaseSettings settings = postgres.settings();
      assertThat(
              query(
                  settings,
                  "select rolsuper or rolcreaterole or rolcreatedb or rolreplication"
                      + " or rolbypassrls from pg_roles where rolname = current_user"))
          .isEqualTo("f");
      assertThat(
              query(
                  settings,
                  "select datdba::regrole = current_user::regrole from pg_database"
                      + " where datname = current_database()"))
          .isEqualTo("t");
      assertThatThrownBy(() -> query(settings, "copy (select 1) to program 'true'"))
          .hasMessageContaining("permission denied");
      assertThat(query(postgres.superuserSettings(), "show is_superuser")).isEqualTo("on");
    }
  }

  @Test
  void no_process_of_the_server_gets_the_settings_of_the_service() throws Exception {
    try (EmbeddedPostgresProcess child =
        EmbeddedPostgresProcess.start(
            folder,
            TestFolders.PROGRAMS,
            Map.of("WEBHOOKS_MASTER_KEY", "SECRETWORD", "PGPORT", "SECRETWORD"))) {
      List<ProcessHandle> processes = child.guardAndChildren();
      assertThat(processes).extracting(ProcessHandle::pid).contains(postmaster());
      for (ProcessHandle process : processes) {
        assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/environ"), ISO_8859_1))
            .doesNotContain("SECRETWORD");
      }
      child.terminate();
    }
  }

  @Test
  void a_new_data_folder_is_closed_to_other_users() throws Exception {
    Path created = folder.resolve("new");
    EmbeddedPostgres.start(created, TestFolders.PROGRAMS).close();

    boolean hasOtherUser = !owner(created.resolve("postgres")).equals(owner(created));
    assertThat(permissions(created)).isEqualTo(hasOtherUser ? "rwx--x--x" : "rwx------");
    assertThat(permissions(created.resolve("postgres"))).isEqualTo("rwx------");
    for (String name : List.of("postgres.password", "webhooks.password", "postgres.log")) {
      assertThat(permissions(created.resolve(name))).as(name).isEqualTo("rw-------");
    }
  }

  @Test
  void files_that_other_users_can_read_are_reported_with_what_to_do() throws Exception {
    for (String name : List.of("postgres.password", "webhooks.password", "postgres.log")) {
      setPermissions(folder.resolve(name), "rw-r--r--");
    }
    setPermissions(folder, "rwxr-xr-x");
    String mode = owner(folder.resolve("postgres")).equals(owner(folder)) ? "700" : "711";

    assertThat(warningsOfStart())
        .containsExactlyInAnyOrder(
            accessWarning("data folder", folder, "rwxr-xr-x", mode),
            accessWarning("file", folder.resolve("webhooks.password"), "rw-r--r--", "600"),
            accessWarning("file", folder.resolve("postgres.password"), "rw-r--r--", "600"),
            accessWarning("file", folder.resolve("postgres.log"), "rw-r--r--", "600"));

    setPermissions(folder, mode.equals("711") ? "rwx--x--x" : "rwx------");
    for (String name : List.of("postgres.password", "webhooks.password", "postgres.log")) {
      setPermissions(folder.resolve(name), "rw-------");
    }
    assertThat(warningsOfStart()).isEmpty();
  }

  private static String accessWarning(String kind, Path path, String permissions, String mode) {
    return "Other users of this machine have access to the %s %s (%s): run 'chmod %s %s'."
        .formatted(kind, path, permissions, mode, path);
  }

  private List<String> warningsOfStart() {
    var logger = (Logger) LoggerFactory.getLogger("com.poolbrain.webhooks.store");
    var events = new ListAppender<ILoggingEvent>();
    events.start();
    logger.addAppender(events);
    try {
      start().close();
    } finally {
      logger.detachAppender(events);
    }
    return events.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void a_missing_or_empty_password_file_of_a_database_is_refused_and_left_alone() throws Exception {
    for (String name : List.of("postgres.password", "webhooks.password")) {
      Path file = folder.resolve(name);
      String password = Files.readString(file);
      Files.delete(file);
      assertThatThrownBy(this::start)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("The password file %s is missing", file);
      assertThat(file).doesNotExist();

      Files.writeString(file, "\n");
      assertThatThrownBy(this::start)
          .isInstanceOf(StartupException.class)
          .hasMessage("The password file %s is empty: restore it from a backup.", file);
      Files.writeString(file, password);
    }
  }

  @Test
  void a_data_directory_without_a_version_is_refused_with_a_sentence() throws Exception {
    Files.delete(folder.resolve("postgres").resolve("PG_VERSION"));
    assertThatThrownBy(this::start)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("has no file PG_VERSION, so it is no database of PostgreSQL");
  }

  @Test
  void a_second_instance_is_refused_with_the_pid_of_the_first() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining(
              "is in use by process " + ProcessHandle.current().pid() + ": stop it");
      assertThat(query(postgres.settings(), "select 1")).isEqualTo("1");
    }
    try (EmbeddedPostgresProcess child =
        EmbeddedPostgresProcess.start(folder, TestFolders.PROGRAMS)) {
      assertThatThrownBy(this::start)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("is in use by process " + child.pid() + ": stop it");
      child.terminate();
    }
  }

  @Test
  void the_server_stops_when_its_process_is_terminated() throws Exception {
    EmbeddedPostgresProcess child = EmbeddedPostgresProcess.start(folder, TestFolders.PROGRAMS);
    assertThat(findRunning()).isNotEmpty();
    child.terminate();
    assertThat(findRunning()).isEmpty();
  }

  @Test
  void the_server_stops_when_its_process_is_killed_and_can_be_started_again() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      TestSql.execute(postgres.settings(), "create table kept (x int)");
    }
    EmbeddedPostgresProcess child = EmbeddedPostgresProcess.start(folder, TestFolders.PROGRAMS);
    CompletableFuture<?>[] exits =
        findRunning().stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    child.kill();
    CompletableFuture.allOf(exits).join();
    try (EmbeddedPostgres postgres = start()) {
      assertThat(query(postgres.settings(), "select count(*) from kept")).isEqualTo("0");
    }
  }

  @Test
  void a_start_right_after_a_killed_process_takes_over() throws Exception {
    EmbeddedPostgresProcess child = EmbeddedPostgresProcess.start(folder, TestFolders.PROGRAMS);
    child.kill();
    try (EmbeddedPostgres postgres = start()) {
      assertThat(query(postgres.settings(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void a_stale_running_server_is_stopped_at_start() throws Exception {
    Cluster cluster =
        Cluster.openOrCreate(
            DataFolder.openOrCreate(folder), Installation.unpackBundled(TestFolders.PROGRAMS));
    Postmaster staleServer = cluster.start();
    try (EmbeddedPostgres postgres = start()) {
      staleServer.onExit().join();
      assertThat(query(postgres.settings(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void a_stale_pid_file_is_ignored() throws Exception {
    long otherPid = ProcessHandle.current().pid();
    Files.writeString(
        folder.resolve("postgres").resolve("postmaster.pid"),
        otherPid + "\n" + folder.resolve("postgres") + "\n0\n1\n\n127.0.0.1\n0\nready   \n");
    try (EmbeddedPostgres postgres = start()) {
      assertThat(query(postgres.settings(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void a_first_start_that_was_killed_is_begun_anew() throws Exception {
    TestFolders.delete(folder.resolve("postgres"));
    Path unfinished = Files.createDirectory(folder.resolve("postgres.unfinished"));
    Files.writeString(unfinished.resolve("PG_VERSION"), "18");
    try (EmbeddedPostgres postgres = start()) {
      assertThat(query(postgres.settings(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void a_killed_server_is_restarted_and_connections_recover() throws Exception {
    assertRestartsAfterKilling(postmaster -> postmaster);
  }

  @Test
  void a_killed_guard_is_restarted_with_its_server_and_connections_recover() throws Exception {
    assertRestartsAfterKilling(postmaster -> postmaster.parent().orElseThrow());
  }

  @Test
  void the_server_runs_in_a_folder_that_only_its_owner_can_enter() throws Exception {
    Path closed =
        Files.createDirectory(
            folder.resolve("closed"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(closed, TestFolders.PROGRAMS)) {
      assertThat(query(postgres.settings(), "select 1")).isEqualTo("1");
    }
    EmbeddedPostgres.start(closed, TestFolders.PROGRAMS).close();
    assertThat(StaleServerCleanup.findProcesses(closed.resolve("postgres"))).isEmpty();
  }

  @Test
  void data_of_another_major_version_is_refused_and_left_alone() throws Exception {
    Path version = folder.resolve("postgres").resolve("PG_VERSION");
    Files.writeString(version, "17\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("belongs to PostgreSQL 17, but the embedded version is 18");
    assertThat(version).hasContent("17");
  }

  @Test
  void a_data_folder_that_is_a_file_is_refused_with_a_sentence() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(file.resolve("data")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("is not writable: make it writable");
  }

  private void assertRestartsAfterKilling(UnaryOperator<ProcessHandle> victim) throws IOException {
    try (EmbeddedPostgres postgres = start();
        Database database = Database.open(postgres.settings())) {
      String before = startTime(database);
      victim.apply(ProcessHandle.of(postmaster()).orElseThrow()).destroyForcibly();
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptionsMatching(EmbeddedPostgresTest::isConnectionFailure)
          .untilAsserted(() -> assertThat(startTime(database)).isGreaterThan(before));
    }
  }

  private static boolean isConnectionFailure(Throwable failure) {
    return failure instanceof LedgerException.Unavailable
        && failure.getCause() instanceof SQLException;
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(folder, TestFolders.PROGRAMS);
  }

  private long postmaster() throws IOException {
    return new PidFile(folder.resolve("postgres")).pid().orElse(-1);
  }

  private List<ProcessHandle> findRunning() {
    return StaleServerCleanup.findProcesses(folder.resolve("postgres"));
  }

  private static String startTime(Database database) {
    return database
        .ledgerTransactions()
        .read(c -> TestSql.queryStrings(c, "select pg_postmaster_start_time()::text"))
        .getFirst();
  }

  private static Object owner(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void setPermissions(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String query(DatabaseSettings settings, String sql) throws SQLException {
    try (Connection connection = TestSql.connect(settings)) {
      return TestSql.queryStrings(connection, sql).getFirst();
    }
  }
}
