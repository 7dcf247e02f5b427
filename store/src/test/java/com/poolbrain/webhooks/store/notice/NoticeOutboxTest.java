package com.poolbrain.webhooks.store.notice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.notice.MailPace;
import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.domain.notice.NoticeDetail;
import com.poolbrain.webhooks.domain.notice.NoticeKind;
import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.domain.statistics.FailedAttempt;
import com.poolbrain.webhooks.domain.statistics.HealthSample;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.config.EventTypeStore;
import com.poolbrain.webhooks.store.config.StoredEventType;
import com.poolbrain.webhooks.store.statistics.PgStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class NoticeOutboxTest {

  private static final Instant START = Instant.parse("2026-02-13T06:00:00Z");
  private static final UUID NODE = new UUID(7, 1);
  private static final UUID OTHER_NODE = new UUID(7, 2);
  private static final String ADDRESS = "office@clearwater.example";
  private static final FailedAttempt FAILED =
      new FailedAttempt(new UUID(3, 4), ErrorClass.SERVER_ERROR, 503);

  private final ConfigFixture config;
  private final PgStatistics statistics;
  private final NoticeOutbox outbox;
  private final NoticeScan scan;
  private final Notices notices;
  private final Endpoint endpoint;
  private Instant now = START;

  NoticeOutboxTest(TestServer server) {
    config = ConfigFixture.create(server);
    statistics = new PgStatistics(config.database().apiTransactions(), Duration.ofDays(30));
    outbox = new NoticeOutbox(config.database().apiTransactions());
    scan = new NoticeScan(config.database().apiTransactions());
    notices = new Notices(config.database().apiTransactions());
    config.companies().put(40, "Blue Pools", ConfigFixture.ACTOR);
    config.companies().setWebhooksEnabled(40, true, ConfigFixture.ACTOR);
    endpoint = createEndpoint(ADDRESS);
    register(NODE);
    outbox.claim(NODE);
  }

  @AfterEach
  void close() {
    config.close();
  }

  private Endpoint createEndpoint(String... addresses) {
    Endpoint created = config.createEndpoint(40, "customer.created");
    return requireNonNull(
        config
            .endpoints()
            .update(
                40,
                created.id(),
                before -> before.withAlertEmails(List.of(addresses)),
                ConfigFixture.ACTOR));
  }

  private void register(UUID node) {
    execute(
        "insert into node (incarnation, lease_until) values ('"
            + node
            + "', now() + interval '1 hour')");
  }

  private void execute(String sql) {
    TestSql.execute(config.testDatabase().settings(), sql);
  }

  /// Stores attempts that end in successive seconds; `+` succeeded.
  private void attempts(String results) {
    List<HealthSample> samples =
        IntStream.range(0, results.length())
            .mapToObj(i ->
                new HealthSample(
                    now.plusSeconds(results.length() - i),
                    results.charAt(results.length() - 1 - i) == '+'))
            .toList();
    now = now.plusSeconds(results.length());
    FailedAttempt last = results.contains("-") ? FAILED : null;
    statistics.updateHealth(
        Map.of(endpoint.id(), new EndpointActivity(40, samples, null, null, last, null)), now);
  }

  private void write(Notice notice) {
    config
        .database()
        .apiTransactions()
        .inTransaction(connection -> {
          NoticeWriter.write(Jdbi.open(connection), List.of(notice));
          return true;
        });
  }

  private void write(Endpoint about, NoticeKind kind) {
    write(new Notice(40, about.id(), kind, now, new NoticeDetail.None()));
  }

  private @Nullable DueMail take() {
    String address = outbox.nextAddress(now);
    return address == null ? null : outbox.take(address, NODE, now);
  }

  /// The kinds of the notices in the next mail, which is sent.
  private List<NoticeKind> send() {
    DueMail mail = take();
    if (mail == null) {
      return List.of();
    }
    outbox.finish(mail.address());
    return mail.items().stream().map(item -> item.notice().kind()).toList();
  }

  @Test
  void failing_and_recovered_are_mailed_once_each_with_sample_and_names() {
    attempts("-----");
    DueMail mail = requireNonNull(take());
    assertThat(mail.address()).isEqualTo(ADDRESS);
    assertThat(mail.total()).isEqualTo(1);
    assertThat(mail.items())
        .containsExactly(
            new DueMail.Item(
                new Notice(
                    40,
                    endpoint.id(),
                    NoticeKind.FAILING,
                    START.plusSeconds(5),
                    new NoticeDetail.Failure(FAILED)),
                "Blue Pools",
                endpoint.url(),
                "office"));
    outbox.finish(ADDRESS);
    assertThat(send()).isEmpty();

    attempts("-+");
    now = now.plusSeconds(60);
    assertThat(send()).containsExactly(NoticeKind.RECOVERED);
    assertThat(send()).isEmpty();
  }

  @Test
  void same_notice_waits_an_hour_and_gathers_what_happens_meanwhile() {
    write(endpoint, NoticeKind.SECRET_REVEALED);
    assertThat(send()).containsExactly(NoticeKind.SECRET_REVEALED);
    Instant sentAt = now;
    for (int minute = 1; minute < 60; minute += 7) {
      now = sentAt.plus(Duration.ofMinutes(minute));
      write(endpoint, NoticeKind.SECRET_REVEALED);
      assertThat(send()).isEmpty();
    }
    now = sentAt.plus(MailPace.SAME_NOTICE);
    assertThat(send()).containsExactly(NoticeKind.SECRET_REVEALED);
    now = now.plus(MailPace.SAME_NOTICE);
    assertThat(send()).isEmpty();
  }

  @Test
  void endpoint_that_recovers_and_fails_within_the_hour_leaves_nobody_with_a_wrong_picture() {
    attempts("-----");
    assertThat(send()).containsExactly(NoticeKind.FAILING);
    now = now.plusSeconds(60);
    attempts("+");
    assertThat(send()).containsExactly(NoticeKind.RECOVERED);

    attempts("-----");
    attempts("+");
    now = now.plus(Duration.ofHours(2));
    assertThat(send()).as("failing and recovered in between").isEmpty();

    attempts("-----");
    assertThat(send()).containsExactly(NoticeKind.FAILING);
  }

  @Test
  void notices_of_many_endpoints_are_one_mail_for_each_address() {
    for (int i = 0; i < 30; i++) {
      write(createEndpoint(ADDRESS, "dev@clearwater.example"), NoticeKind.FAILING);
    }
    DueMail first = requireNonNull(take());
    outbox.finish(first.address());
    DueMail second = requireNonNull(take());
    outbox.finish(second.address());
    assertThat(List.of(first.address(), second.address()))
        .containsExactlyInAnyOrder(ADDRESS, "dev@clearwater.example");
    assertThat(first.items()).hasSize(NoticeOutbox.MAX_ITEMS);
    assertThat(List.of(first.total(), second.total())).containsExactly(30, 30);
    assertThat(take()).isNull();
  }

  @Test
  void mails_to_one_address_become_rarer() {
    int mails = 0;
    for (int second = 0; second < 3_600; second += 5) {
      now = START.plusSeconds(second);
      if (second % 90 == 0) {
        write(createEndpoint(ADDRESS), NoticeKind.FAILING);
      }
      mails += send().isEmpty() ? 0 : 1;
    }
    assertThat(mails).isBetween(2, 11);
  }

  @Test
  void mail_of_a_node_that_died_while_it_sent_is_not_sent_again() {
    write(endpoint, NoticeKind.FAILING);
    assertThat(take()).isNotNull();
    register(OTHER_NODE);
    assertThat(outbox.claim(OTHER_NODE)).isEqualTo(new NoticeOutbox.Ownership.OfAnother());
    execute("delete from node where incarnation = '" + NODE + "'");

    assertThat(outbox.claim(OTHER_NODE)).isEqualTo(new NoticeOutbox.Ownership.TakenOver(1));
    assertThat(outbox.claim(OTHER_NODE)).isEqualTo(new NoticeOutbox.Ownership.Kept());
    assertThat(outbox.take(ADDRESS, OTHER_NODE, now)).isNull();
    now = now.plus(Duration.ofHours(1));
    write(endpoint, NoticeKind.FAILING);
    String address = requireNonNull(outbox.nextAddress(now));
    assertThat(outbox.take(address, NODE, now)).as("the old owner").isNull();
    assertThat(outbox.take(address, OTHER_NODE, now)).isNotNull();
  }

  @Test
  void mail_that_was_not_accepted_waits_and_counts_its_attempts() {
    write(endpoint, NoticeKind.FAILING);
    assertThat(requireNonNull(take()).attempts()).isEqualTo(1);
    outbox.retry(ADDRESS, now.plusSeconds(60));
    assertThat(outbox.countWaiting()).isEqualTo(1);
    assertThat(take()).isNull();
    now = now.plusSeconds(60);
    assertThat(requireNonNull(take()).attempts()).isEqualTo(2);
  }

  @Test
  void mail_about_a_deleted_endpoint_or_to_a_removed_address_is_not_sent() {
    Endpoint deleted = createEndpoint(ADDRESS);
    write(deleted, NoticeKind.FAILING);
    write(endpoint, NoticeKind.FAILING);
    config.endpoints().delete(40, deleted.id(), ConfigFixture.ACTOR);
    config
        .endpoints()
        .update(40, endpoint.id(), e -> e.withAlertEmails(List.of()), ConfigFixture.ACTOR);
    assertThat(take()).isNull();
    assertThat(outbox.countWaiting()).isZero();
  }

  @Test
  void secret_that_is_revealed_or_rolled_is_told_in_its_transaction() {
    config.endpoints().revealSecrets(40, endpoint.id(), ConfigFixture.ACTOR);
    config
        .endpoints()
        .changeSecrets(
            40,
            endpoint.id(),
            _ -> SigningSecrets.of("whsec_" + "d".repeat(43) + "="),
            AuditAction.SECRET_ROLLED,
            ConfigFixture.ACTOR);

    now = Instant.parse("2036-01-01T00:00:00Z");
    DueMail mail = requireNonNull(take());
    assertThat(mail.items().stream().map(item -> item.notice().kind()))
        .containsExactlyInAnyOrder(NoticeKind.SECRET_REVEALED, NoticeKind.SECRET_ROLLED);
    assertThat(mail.items().getFirst().notice().detail())
        .isEqualTo(new NoticeDetail.DoneBy("key:ops"));
    assertThat(notices.list(40, Arrays.asList(NoticeKind.values()), START.minusSeconds(86_400), 9))
        .hasSize(2);
  }

  @Test
  void changes_of_an_event_type_are_told_to_its_subscribers() {
    EventTypeStore types = new EventTypeStore(config.configTransactions());
    putType(types, "0");
    config
        .endpoints()
        .update(
            40,
            endpoint.id(),
            before -> before.withSubscribedEvents(List.of("pool.opened")),
            ConfigFixture.ACTOR);
    createEndpoint("other@clearwater.example");
    putType(types, "1");
    putType(types, "2");

    now = Instant.parse("2099-01-01T00:00:00Z");
    DueMail mail = requireNonNull(take());
    outbox.finish(mail.address());
    assertThat(mail.address()).isEqualTo(ADDRESS);
    assertThat(mail.items().getFirst().notice().detail())
        .isEqualTo(
            new NoticeDetail.TypeChanges(List.of("pool.opened: Now 1.", "pool.opened: Now 2.")));
    assertThat(take()).isNull();
  }

  private static void putType(EventTypeStore types, String description) {
    types.put(
        "pool.opened",
        new StoredEventType.Fields(description, "Pool", false, "{}", List.of("{}"), List.of()),
        _ -> List.of("Now " + description + "."),
        ConfigFixture.ACTOR);
  }

  @Test
  void scan_tells_every_day_that_an_endpoint_still_fails() {
    attempts("-----");
    assertThat(send()).containsExactly(NoticeKind.FAILING);
    for (int day = 1; day <= 3; day++) {
      Instant due = START.plusSeconds(5).plus(Duration.ofDays(day));
      now = due.minusSeconds(1);
      scan.run(now);
      assertThat(send()).isEmpty();
      now = due;
      scan.run(now);
      scan.run(now);
      DueMail mail = requireNonNull(take());
      outbox.finish(ADDRESS);
      assertThat(mail.items().getFirst().notice())
          .isEqualTo(
              new Notice(
                  40,
                  endpoint.id(),
                  NoticeKind.STILL_FAILING,
                  now,
                  new NoticeDetail.Failure(FAILED)));
    }
    now = now.plus(Duration.ofDays(1));
    scan.run(now);
    attempts("+");
    assertThat(send()).as("still failing is no longer true").containsExactly(NoticeKind.RECOVERED);
  }

  @Test
  void scan_tells_once_that_a_certificate_expires() {
    Instant expiresAt = START.plus(Duration.ofDays(20));
    statistics.updateHealth(
        Map.of(
            endpoint.id(),
            new EndpointActivity(
                40, List.of(), null, new ShownCertificate(expiresAt, START), null, null)),
        START);
    scan.run(START);
    assertThat(send()).isEmpty();
    now = START.plus(Duration.ofDays(7));
    scan.run(now);
    DueMail mail = requireNonNull(take());
    outbox.finish(ADDRESS);
    assertThat(mail.items().getFirst().notice().detail())
        .isEqualTo(new NoticeDetail.Certificate(expiresAt));
    now = now.plus(Duration.ofDays(1));
    scan.run(now);
    assertThat(send()).isEmpty();
  }

  @Test
  void notice_that_nobody_could_be_told_for_two_days_is_dropped() {
    write(endpoint, NoticeKind.FAILING);
    now = START.plus(MailPace.MAX_AGE).plusSeconds(1);
    scan.run(now);
    assertThat(take()).isNull();
    assertThat(notices.list(40, List.of(NoticeKind.FAILING), START.minusSeconds(1), 9)).hasSize(1);
    scan.run(START.plus(NoticeScan.RETENTION).plusSeconds(1));
    assertThat(notices.list(40, List.of(NoticeKind.FAILING), START.minusSeconds(1), 9)).isEmpty();
  }
}
