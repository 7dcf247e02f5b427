package com.poolbrain.webhooks.web.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.engine.mail.Mail;
import com.poolbrain.webhooks.management.notice.MailWriter;
import com.poolbrain.webhooks.management.notice.UnsubscribeLinks;
import com.poolbrain.webhooks.store.notice.DueMail;
import com.poolbrain.webhooks.web.page.Html;
import com.poolbrain.webhooks.web.page.PagePaths;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Writes mails from templates, as HTML and as text.
public final class NoticeMails implements MailWriter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Html html = new Html(List.of());
  private final String publicUrl;
  private final UnsubscribeLinks unsubscribeLinks;

  /// @param publicUrl of the service, without a slash at the end
  public NoticeMails(URI publicUrl, UnsubscribeLinks unsubscribeLinks) {
    this.publicUrl = publicUrl.toString();
    this.unsubscribeLinks = unsubscribeLinks;
  }

  @Override
  public Mail write(DueMail due) {
    List<MailView.Item> items =
        due.items().stream().map(item -> item(due.address(), item)).toList();
    List<UUID> endpoints =
        due.items().stream().map(item -> item.notice().endpointId()).distinct().toList();
    boolean isAboutOne = endpoints.size() == 1 && due.total() == due.items().size();
    URI unsubscribe =
        unsubscribeLinks.link(due.address(), isAboutOne ? endpoints.getFirst() : null);
    String title =
        due.total() == 1
            ? items.getFirst().words().title()
            : due.total() + " notices about your webhooks";
    Map<String, Object> view =
        Map.of(
            "view",
            new MailView(title, items, due.total() - due.items().size(), unsubscribe.toString()));
    return new Mail(
        id(due),
        due.address(),
        due.total() == 1 ? "Webhooks: " + title : title,
        html.text("notice/mail-text.jte", view),
        html.text("notice/mail.jte", view),
        unsubscribe);
  }

  private MailView.Item item(String address, DueMail.Item item) {
    Notice notice = item.notice();
    var paths = new PagePaths(publicUrl, notice.companyId());
    NoticeWords words = NoticeWords.of(notice, String.valueOf(item.url().getAuthority()), paths);
    return new MailView.Item(
        words,
        singleLine(item.companyName()),
        singleLine(item.description()),
        TIME.format(notice.at()),
        URI.create(words.path()),
        unsubscribeLinks.link(address, notice.endpointId()));
  }

  /// A name adds no line to a mail, and turns no text around.
  private static String singleLine(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
  }

  /// The same for the same notices to the same address.
  private static UUID id(DueMail due) {
    String text =
        due.items().stream()
            .map(item ->
                item.notice().endpointId() + " " + item.notice().kind() + " " + item.notice().at())
            .collect(Collectors.joining("\n", due.address() + "\n" + due.total() + "\n", ""));
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8));
  }
}
