package com.poolbrain.webhooks.domain.notice;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.domain.statistics.EndpointHealth;
import com.poolbrain.webhooks.domain.statistics.FailedAttempt;
import com.poolbrain.webhooks.domain.statistics.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Decides which notices follow from what happened.
public final class NoticeRules {

  /// How long an endpoint fails between two notices of that.
  public static final Duration STILL_FAILING_INTERVAL = Duration.ofDays(1);

  /// How long before its end a certificate is worth a notice.
  public static final Duration CERTIFICATE_WARNING = Duration.ofDays(14);

  /// The longest time of [#shownFor].
  public static final Duration LONGEST_SHOWN = Duration.ofDays(30);

  private static final Duration SHOWN = Duration.ofDays(1);

  private NoticeRules() {}

  /// How long the page shows a notice. Zero for kinds that it does not show, because it shows the
  /// health of the endpoint.
  public static Duration shownFor(NoticeKind kind) {
    return switch (kind) {
      case FAILING, STILL_FAILING -> Duration.ZERO;
      case DELIVERY_FAILED, RECOVERED, SECRET_REVEALED, SECRET_ROLLED -> SHOWN;
      case CERTIFICATE_EXPIRES -> CERTIFICATE_WARNING;
      case EVENT_TYPE_CHANGED -> LONGEST_SHOWN;
    };
  }

  /// The notices of a change of health.
  ///
  /// @param after the health after the activity
  public static List<Notice> afterActivity(
      UUID endpointId,
      EndpointHealth before,
      EndpointActivity activity,
      EndpointHealth after,
      Instant now) {
    List<Notice> notices = new ArrayList<>();
    boolean wasFailing = before.status() == Health.FAILING;
    boolean isFailing = after.status() == Health.FAILING;
    long companyId = activity.companyId();
    FailedAttempt permanentFailure = activity.permanentFailure();
    if (permanentFailure != null && !before.hasFailedDelivery()) {
      notices.add(
          new Notice(
              companyId,
              endpointId,
              NoticeKind.DELIVERY_FAILED,
              now,
              new NoticeDetail.Failure(permanentFailure)));
    }
    if (isFailing && !wasFailing) {
      notices.add(
          new Notice(
              companyId,
              endpointId,
              NoticeKind.FAILING,
              after.since(),
              detail(activity.lastFailure())));
    }
    if (wasFailing && !isFailing) {
      notices.add(
          new Notice(
              companyId, endpointId, NoticeKind.RECOVERED, after.since(), new NoticeDetail.None()));
    }
    return notices;
  }

  private static NoticeDetail detail(@Nullable FailedAttempt sample) {
    return sample == null ? new NoticeDetail.None() : new NoticeDetail.Failure(sample);
  }

  /// The notice of an action that the audit records; null if it is worth none.
  public static @Nullable Notice ofAction(
      AuditAction action, Subject subject, Actor actor, Instant now) {
    NoticeKind kind =
        switch (action) {
          case SECRET_REVEALED -> NoticeKind.SECRET_REVEALED;
          case SECRET_ROLLED -> NoticeKind.SECRET_ROLLED;
          default -> null;
        };
    Long companyId = subject.companyId();
    UUID endpointId = subject.endpointId();
    return kind == null || companyId == null || endpointId == null
        ? null
        : new Notice(companyId, endpointId, kind, now, new NoticeDetail.DoneBy(actor.name()));
  }

  /// Whether an endpoint that fails has done so for another day.
  ///
  /// @param since when it began to fail
  /// @param lastNoticeAt of the kinds [NoticeKind#FAILING] and [NoticeKind#STILL_FAILING]; null for
  ///   none
  public static boolean isStillFailingDue(
      Instant since, @Nullable Instant lastNoticeAt, Instant now) {
    Instant last = lastNoticeAt == null || lastNoticeAt.isBefore(since) ? since : lastNoticeAt;
    return !now.isBefore(last.plus(STILL_FAILING_INTERVAL));
  }

  /// Whether a certificate is worth a notice now. One that has expired is not: the endpoint then
  /// fails.
  ///
  /// @param lastNoticed end of the certificate of the last such notice; null for none
  public static boolean isCertificateDue(
      Instant expiresAt, @Nullable Instant lastNoticed, Instant now) {
    return expiresAt.isAfter(now)
        && expiresAt.isBefore(now.plus(CERTIFICATE_WARNING))
        && !expiresAt.equals(lastNoticed);
  }
}
