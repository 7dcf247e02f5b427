package com.poolbrain.webhooks.web.notice;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.domain.notice.NoticeDetail;
import com.poolbrain.webhooks.domain.statistics.FailedAttempt;
import com.poolbrain.webhooks.web.page.PagePaths;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// A notice in words.
///
/// @param title one line
/// @param lines sentences
/// @param path of the page that shows more
/// @param link what that page shows
record NoticeWords(String title, List<String> lines, String path, String link) {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /// @param host of the endpoint
  static NoticeWords of(Notice notice, String host, PagePaths paths) {
    String endpoint = paths.endpoint(notice.endpointId());
    return switch (notice.kind()) {
      case DELIVERY_FAILED ->
          new NoticeWords(
              "A delivery to " + host + " permanently failed",
              failure(
                  notice,
                  "It is not tried again by itself. Its event is kept: after the cause is"
                      + " fixed, deliver it again from its page, or recover all that failed."),
              deliveryOr(endpoint, notice, paths),
              "See the delivery");
      case FAILING ->
          new NoticeWords(
              host + " is failing",
              failure(
                  notice,
                  "The latest five attempts failed. Deliveries are tried again by the"
                      + " schedule, and then permanently fail."),
              deliveryOr(endpoint, notice, paths),
              "See a delivery that failed");
      case STILL_FAILING ->
          new NoticeWords(
              host + " is still failing",
              failure(
                  notice, "It has failed for at least a day. Deliveries to it permanently fail."),
              deliveryOr(endpoint, notice, paths),
              "See a delivery that failed");
      case RECOVERED ->
          new NoticeWords(
              host + " works again",
              List.of(
                  "A delivery succeeded. Deliveries that permanently failed meanwhile are not tried"
                      + " again by themselves: recover them."),
              endpoint,
              "See the endpoint");
      case SECRET_REVEALED ->
          new NoticeWords(
              "The signing secret of " + host + " was revealed",
              List.of(
                  "It was shown to " + actor(notice) + ".",
                  "If nobody of your company asked for it, roll the secret."),
              endpoint,
              "See the endpoint");
      case SECRET_ROLLED ->
          new NoticeWords(
              "A new signing secret of " + host + " was made",
              List.of(
                  "It was made by " + actor(notice) + ".",
                  "Give it to your server, then activate it."),
              endpoint,
              "See the endpoint");
      case CERTIFICATE_EXPIRES ->
          new NoticeWords(
              "The certificate of " + host + " expires" + onDay(notice),
              List.of("Renew it before that day: deliveries fail with tls_expired afterwards."),
              endpoint,
              "See the endpoint");
      case EVENT_TYPE_CHANGED ->
          new NoticeWords(
              "Events that " + host + " gets have changed",
              notice.detail() instanceof NoticeDetail.TypeChanges(List<String> sentences)
                  ? sentences
                  : List.of(),
              paths.of("/events"),
              "See the event catalogue");
    };
  }

  private static List<String> failure(Notice notice, String sentence) {
    if (!(notice.detail() instanceof NoticeDetail.Failure(FailedAttempt sample))) {
      return List.of(sentence);
    }
    ErrorClass error = sample.error();
    String result = sample.statusCode() == null ? error.wireName() : sample.statusCode().toString();
    return List.of(sentence, "Last error: " + result + ". " + error.description(), error.advice());
  }

  private static String deliveryOr(String endpoint, Notice notice, PagePaths paths) {
    return notice.detail() instanceof NoticeDetail.Failure(FailedAttempt sample)
        ? paths.delivery(sample.deliveryId())
        : endpoint;
  }

  private static String actor(Notice notice) {
    return notice.detail() instanceof NoticeDetail.DoneBy(String actor) ? actor : "the service";
  }

  private static String onDay(Notice notice) {
    return notice.detail() instanceof NoticeDetail.Certificate(Instant expiresAt)
        ? " on " + DAY.format(expiresAt)
        : " soon";
  }
}
