package com.poolbrain.webhooks.e2e.notice;

import static java.util.Objects.requireNonNull;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.domain.statistics.FailedAttempt;
import com.poolbrain.webhooks.domain.statistics.HealthSample;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import com.poolbrain.webhooks.engine.testing.ManualClock;
import com.poolbrain.webhooks.management.notice.NoticeSender;
import com.poolbrain.webhooks.management.notice.UnsubscribeLinks;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.notice.NoticeOutbox;
import com.poolbrain.webhooks.store.notice.NoticeScan;
import com.poolbrain.webhooks.store.notice.NoticeWriter;
import com.poolbrain.webhooks.store.statistics.PgStatistics;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.transport.mail.SmtpServer;
import com.poolbrain.webhooks.transport.mail.SmtpSettings;
import com.poolbrain.webhooks.web.notice.NoticeMails;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Jdbi;

/// A database with endpoints, the node that sends their notices, and a mail server, at a time that
/// only the test advances.
final class MailOffice implements AutoCloseable {

  static final String ADDRESS = "office@clearwater.example";

  private static final UUID NODE = new UUID(7, 1);

  private static final FailedAttempt FAILED =
      new FailedAttempt(new UUID(3, 4), ErrorClass.SERVER_ERROR, 503);

  final ConfigFixture config = ConfigFixture.create(TestServer.EMBEDDED_18);

  /// Begins with the ids of the fixture: notices of secrets have the time of their audit entry.
  private final ManualClock clock =
      ManualClock.startingAt(UuidV7.instantOf(config.idGenerator().get()).plusSeconds(60));

  private final PgStatistics statistics =
      new PgStatistics(config.database().apiTransactions(), Duration.ofDays(30));
  private final NoticeSender sender;
  private final int port;
  private GreenMail mails;

  private MailOffice() {
    mails = startMails(0);
    port = mails.getSmtp().getPort();
    config.companies().put(40, "Blue Pools", ConfigFixture.ACTOR);
    config.companies().setWebhooksEnabled(40, true, ConfigFixture.ACTOR);
    TestSql.execute(
        config.testDatabase().settings(),
        "insert into node (incarnation, lease_until) values ('%s', now() + interval '1 hour')"
            .formatted(NODE));
    URI publicUrl = URI.create("https://hooks.example");
    var links =
        new UnsubscribeLinks(publicUrl, List.of(new SecretKeySpec(new byte[32], "HmacSHA256")));
    sender =
        new NoticeSender(
            new NoticeOutbox(config.database().apiTransactions()),
            new NoticeScan(config.database().apiTransactions()),
            new SmtpServer(
                new SmtpSettings(
                    "localhost",
                    port,
                    false,
                    null,
                    null,
                    "webhooks@poolbrain.example",
                    List.of(),
                    SmtpSettings.DEFAULT_TIMEOUT),
                clock),
            new NoticeMails(publicUrl, links),
            () -> NODE,
            clock,
            Thread.ofPlatform().daemon().factory());
  }

  static MailOffice open() {
    var office = new MailOffice();
    office.sender.start();
    return office;
  }

  private static GreenMail startMails(int port) {
    GreenMail started = new GreenMail(new ServerSetup(port, "localhost", "smtp"));
    started.start();
    return started;
  }

  /// Stops the mail server. It forgets its mails.
  void stopMails() {
    mails.stop();
  }

  /// Starts the mail server again.
  void restartMails() {
    mails = startMails(port);
  }

  Instant now() {
    return clock.instant();
  }

  void advance(Duration duration) {
    clock.advance(duration);
  }

  /// Lets the sender run once more, by a later time.
  void awaitRun() throws InterruptedException {
    clock.advanceOnceAwaited(Duration.ofSeconds(3));
    clock.advanceOnceAwaited(Duration.ofSeconds(3));
  }

  Endpoint createEndpoint(String... addresses) {
    Endpoint created = config.createEndpoint(40, "pool.opened");
    return requireNonNull(
        config
            .endpoints()
            .update(
                40,
                created.id(),
                before -> before.withAlertEmails(List.of(addresses)),
                ConfigFixture.ACTOR));
  }

  /// Records attempts of an endpoint that end in successive seconds; `+` succeeded.
  void attempts(Endpoint endpoint, String results) {
    int count = results.length();
    List<HealthSample> latestFirst =
        IntStream.range(0, count)
            .mapToObj(i ->
                new HealthSample(
                    clock.instant().plusSeconds(count - i), results.charAt(count - 1 - i) == '+'))
            .toList();
    clock.advance(Duration.ofSeconds(count));
    record(
        endpoint,
        new EndpointActivity(
            40, latestFirst, null, null, results.contains("-") ? FAILED : null, null));
  }

  /// Records that a delivery permanently failed.
  void permanentFailure(Endpoint endpoint) {
    record(endpoint, new EndpointActivity(40, List.of(), null, null, null, FAILED));
  }

  /// Records the certificate of a handshake.
  void certificate(Endpoint endpoint, Instant expiresAt) {
    record(
        endpoint,
        new EndpointActivity(
            40, List.of(), null, new ShownCertificate(expiresAt, now()), null, null));
  }

  /// Records a change of the event type of all endpoints.
  void typeChange(String sentence) {
    config
        .database()
        .apiTransactions()
        .inTransaction(connection -> {
          NoticeWriter.writeTypeChange(
              Jdbi.open(connection), "pool.opened", List.of(sentence), now());
          return true;
        });
  }

  private void record(Endpoint endpoint, EndpointActivity activity) {
    statistics.updateHealth(Map.of(endpoint.id(), activity), clock.instant());
  }

  /// The mails so far.
  List<MimeMessage> mails() {
    return List.of(mails.getReceivedMessages());
  }

  List<String> subjects() {
    return Stream.of(mails.getReceivedMessages()).map(MailOffice::subject).toList();
  }

  /// Waits for so many mails, while time goes on, and returns the subject of the last one.
  String awaitSubject(int count) {
    return Await.until(
            count + " mails",
            () -> {
              clock.advance(Duration.ofSeconds(1));
              return subjects();
            },
            all -> all.size() >= count)
        .get(count - 1);
  }

  private static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    sender.close();
    mails.stop();
    config.close();
  }
}
