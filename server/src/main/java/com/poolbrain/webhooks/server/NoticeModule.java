package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.domain.address.UrlAuthority;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.management.notice.MailCounts;
import com.poolbrain.webhooks.management.notice.NoticeSender;
import com.poolbrain.webhooks.management.notice.RecentNotices;
import com.poolbrain.webhooks.management.notice.UnsubscribeLinks;
import com.poolbrain.webhooks.management.notice.Unsubscription;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.server.telemetry.Metrics;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import com.poolbrain.webhooks.store.notice.AlertAddresses;
import com.poolbrain.webhooks.store.notice.NoticeOutbox;
import com.poolbrain.webhooks.store.notice.NoticeScan;
import com.poolbrain.webhooks.store.notice.Notices;
import com.poolbrain.webhooks.transport.mail.SmtpServer;
import com.poolbrain.webhooks.transport.mail.SmtpSettings;
import com.poolbrain.webhooks.web.notice.NoticeMails;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The background work of notices, with the mail server if one is set.
final class NoticeModule {

  private static final int SMTPS_PORT = 465;
  private static final int SUBMISSION_PORT = 587;

  final RecentNotices recent;
  final Unsubscription unsubscription;

  /// Not started yet.
  final NoticeSender sender;

  /// @param threads of platform threads
  NoticeModule(
      Settings settings,
      StoreModule store,
      Supplier<UUID> incarnation,
      Clock clock,
      ThreadFactory threads) {
    Transactions transactions = store.database().apiTransactions();
    recent = new RecentNotices(new Notices(transactions), clock);
    URI publicUrl = settings.http().publicUrl();
    URI base = publicUrl == null ? URI.create("") : publicUrl;
    Settings.MailSettings mail = settings.mail();
    var links = new UnsubscribeLinks(base, store.linkKeys());
    unsubscription = new Unsubscription(links, new AlertAddresses(transactions), store.endpoints());
    sender =
        new NoticeSender(
            new NoticeOutbox(transactions),
            new NoticeScan(transactions),
            mail == null ? null : new SmtpServer(smtpSettings(mail, settings), clock),
            new NoticeMails(base, links),
            incarnation,
            clock,
            threads);
  }

  private static SmtpSettings smtpSettings(Settings.MailSettings mail, Settings settings) {
    URI url = mail.server();
    boolean isTls = String.valueOf(url.getScheme()).equals("smtps");
    UrlAuthority authority = UrlAuthority.of(url);
    String userInfo = authority.userInfo() == null ? "" : authority.userInfo();
    int colon = userInfo.indexOf(':');
    return new SmtpSettings(
        host(url),
        authority.port(isTls ? SMTPS_PORT : SUBMISSION_PORT),
        isTls,
        decode(colon < 0 ? userInfo : userInfo.substring(0, colon)),
        decode(colon < 0 ? "" : userInfo.substring(colon + 1)),
        mail.from(),
        settings.delivery().egress().extraCaCertificates(),
        SmtpSettings.DEFAULT_TIMEOUT);
  }

  /// The host as the URL has it: [UrlAuthority] knows names that [URI] does not.
  private static String host(URI url) {
    String authority = url.getRawAuthority();
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    int end = hostAndPort.startsWith("[") ? hostAndPort.indexOf(']') : hostAndPort.indexOf(':');
    return hostAndPort.startsWith("[")
        ? hostAndPort.substring(1, end)
        : end < 0 ? hostAndPort : hostAndPort.substring(0, end);
  }

  /// The decoded text; null if it is empty. A plus stands for itself, unlike in forms.
  private static @Nullable String decode(String text) {
    return text.isEmpty()
        ? null
        : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  void bindMetrics(Metrics metrics) {
    MailCounts counts = sender.counts();
    String mails = "webhooks.mails";
    String description = "Mails of notices, by what became of them";
    metrics.counter(mails, description, "result", "accepted", counts::accepted);
    metrics.counter(mails, description, "result", "refused", counts::refused);
    metrics.counter(mails, description, "result", "deferred", counts::deferred);
    metrics.counter(mails, description, "result", "uncertain", counts::uncertain);
    metrics.gauge(
        "webhooks.mails.waiting",
        "Notices that wait for a mail, counted by address; 0 on nodes that do not send",
        counts::waiting);
  }
}
