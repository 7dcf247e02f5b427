package com.poolbrain.webhooks.web.notice;

import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.domain.notice.NoticeKind;
import com.poolbrain.webhooks.web.page.PagePaths;
import java.time.Instant;
import java.util.List;

/// A notice on the page of a company.
///
/// @param tone and icon, as those of a status
/// @param lines sentences, the first few
/// @param path of the page that shows more
/// @param link what that page shows
public record NoticeBanner(
    String tone,
    String icon,
    String title,
    List<String> lines,
    Instant at,
    String path,
    String link) {

  private static final int MAX_LINES = 5;

  /// The banner of a notice.
  ///
  /// @param host of the endpoint
  public static NoticeBanner of(Notice notice, String host, PagePaths paths) {
    NoticeWords words = NoticeWords.of(notice, host, paths);
    return new NoticeBanner(
        tone(notice.kind()),
        icon(notice.kind()),
        words.title(),
        words.lines().stream().limit(MAX_LINES).toList(),
        notice.at(),
        words.path(),
        words.link());
  }

  private static String tone(NoticeKind kind) {
    return switch (kind) {
      case DELIVERY_FAILED, FAILING, STILL_FAILING -> "bad";
      case RECOVERED -> "ok";
      case CERTIFICATE_EXPIRES -> "warn";
      case SECRET_REVEALED, SECRET_ROLLED, EVENT_TYPE_CHANGED -> "info";
    };
  }

  private static String icon(NoticeKind kind) {
    return switch (kind) {
      case DELIVERY_FAILED, FAILING, STILL_FAILING -> "failed";
      case RECOVERED -> "delivered";
      case CERTIFICATE_EXPIRES -> "degraded";
      case SECRET_REVEALED, SECRET_ROLLED -> "key";
      case EVENT_TYPE_CHANGED -> "info";
    };
  }
}
