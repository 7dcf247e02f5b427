package com.poolbrain.webhooks.management.notice;

import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.domain.notice.NoticeKind;
import com.poolbrain.webhooks.domain.notice.NoticeRules;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.store.notice.Notices;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/// The latest notices of a company, for its page.
public final class RecentNotices {

  /// The most notices that a page shows.
  static final int MAX_NOTICES = 5;

  /// More than a company has endpoints with notices that are still shown.
  private static final int MAX_READ = 100;

  private final Notices notices;
  private final InstantSource clock;

  public RecentNotices(Notices notices, InstantSource clock) {
    this.notices = notices;
    this.clock = clock;
  }

  /// The notices that are still worth showing, newest first. Those about secrets, which name their
  /// users, are for callers who may read the audit.
  public List<Notice> list(Principal principal, long companyId) {
    Operation.READ_ENDPOINTS.require(principal, companyId);
    boolean mayReadAudit = Operation.READ_AUDIT.isAllowed(principal, companyId);
    Instant now = clock.instant();
    List<NoticeKind> kinds =
        Arrays.stream(NoticeKind.values())
            .filter(kind -> !NoticeRules.shownFor(kind).isZero())
            .filter(kind -> mayReadAudit || !kind.isAboutSecret())
            .toList();
    return notices.list(companyId, kinds, now.minus(NoticeRules.LONGEST_SHOWN), MAX_READ).stream()
        .filter(notice -> notice.at().isAfter(now.minus(NoticeRules.shownFor(notice.kind()))))
        .limit(MAX_NOTICES)
        .toList();
  }
}
