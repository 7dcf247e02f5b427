package com.poolbrain.webhooks.domain.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.domain.statistics.EndpointHealth;
import com.poolbrain.webhooks.domain.statistics.FailedAttempt;
import com.poolbrain.webhooks.domain.statistics.HealthSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoticeRulesTest {

  private static final Instant START = Instant.parse("2026-02-13T06:00:00Z");
  private static final UUID ENDPOINT = new UUID(1, 2);
  private static final FailedAttempt FAILED =
      new FailedAttempt(new UUID(3, 4), ErrorClass.SERVER_ERROR, 503);

  private EndpointHealth health = EndpointHealth.unknown(START);
  private Instant now = START;

  /// The kinds of the notices after attempts that ended in successive seconds; `+` succeeded, and
  /// `x` was the last one of its delivery.
  private List<NoticeKind> kindsAfter(String results) {
    return noticesAfter(results).stream().map(Notice::kind).toList();
  }

  private List<Notice> noticesAfter(String results) {
    List<HealthSample> samples = new ArrayList<>();
    for (int i = 0; i < results.length(); i++) {
      now = now.plusSeconds(1);
      samples.addFirst(new HealthSample(now, results.charAt(i) == '+'));
    }
    @Nullable FailedAttempt last = results.matches("\\+*") ? null : FAILED;
    var activity =
        new EndpointActivity(40, samples, null, null, last, results.contains("x") ? FAILED : null);
    EndpointHealth before = health;
    health = before.after(activity);
    return NoticeRules.afterActivity(ENDPOINT, before, activity, health, now);
  }

  @Test
  void failing_and_recovered_are_told_once_each() {
    assertThat(kindsAfter("++++++++++")).isEmpty();
    assertThat(kindsAfter("----")).isEmpty();
    assertThat(noticesAfter("-"))
        .containsExactly(
            new Notice(40, ENDPOINT, NoticeKind.FAILING, now, new NoticeDetail.Failure(FAILED)));
    assertThat(kindsAfter("-----")).isEmpty();
    assertThat(kindsAfter("+")).containsExactly(NoticeKind.RECOVERED);
    assertThat(kindsAfter("++++++++++")).isEmpty();
  }

  @Test
  void first_permanent_failure_is_told_once_until_the_endpoint_is_healthy() {
    assertThat(kindsAfter("+x")).containsExactly(NoticeKind.DELIVERY_FAILED);
    assertThat(kindsAfter("+x")).isEmpty();
    assertThat(kindsAfter("++++++++++")).isEmpty();
    assertThat(kindsAfter("+++-+x")).containsExactly(NoticeKind.DELIVERY_FAILED);
  }

  @Test
  void permanent_failure_of_an_endpoint_that_fails_is_told_too() {
    assertThat(kindsAfter("-----")).containsExactly(NoticeKind.FAILING);
    assertThat(kindsAfter("---x")).containsExactly(NoticeKind.DELIVERY_FAILED);
    assertThat(kindsAfter("---x")).isEmpty();
  }

  @Test
  void secrets_that_are_revealed_or_rolled_are_told_with_the_actor() {
    Actor actor = new Actor("user:dana via key:ops", "203.0.113.9");
    Subject subject = Subject.endpoint(40, ENDPOINT);
    assertThat(NoticeRules.ofAction(AuditAction.SECRET_ROLLED, subject, actor, now))
        .isEqualTo(
            new Notice(
                40,
                ENDPOINT,
                NoticeKind.SECRET_ROLLED,
                now,
                new NoticeDetail.DoneBy(actor.name())));
    for (AuditAction action : AuditAction.values()) {
      Notice notice = NoticeRules.ofAction(action, subject, actor, now);
      boolean isTold = action == AuditAction.SECRET_REVEALED || action == AuditAction.SECRET_ROLLED;
      assertThat(notice != null).as(action.name()).isEqualTo(isTold);
    }
  }

  @Test
  void endpoint_that_fails_is_told_about_every_day() {
    Duration day = Duration.ofDays(1);
    assertThat(NoticeRules.isStillFailingDue(START, null, START.plus(day).minusSeconds(1)))
        .isFalse();
    assertThat(NoticeRules.isStillFailingDue(START, START, START.plus(day))).isTrue();
    Instant noticed = START.plus(day).plusSeconds(50);
    assertThat(NoticeRules.isStillFailingDue(START, noticed, START.plus(day.multipliedBy(2))))
        .isFalse();
    assertThat(NoticeRules.isStillFailingDue(START, noticed, noticed.plus(day))).isTrue();
    assertThat(NoticeRules.isStillFailingDue(START, START.minus(day), START.plusSeconds(1)))
        .as("an earlier failure was told")
        .isFalse();
  }

  @Test
  void page_shows_each_kind_for_a_time_but_those_that_the_health_of_the_endpoint_says() {
    for (NoticeKind kind : NoticeKind.values()) {
      boolean isHealth = kind == NoticeKind.FAILING || kind == NoticeKind.STILL_FAILING;
      assertThat(NoticeRules.shownFor(kind).isZero()).as(kind.name()).isEqualTo(isHealth);
      assertThat(NoticeRules.shownFor(kind)).isLessThanOrEqualTo(NoticeRules.LONGEST_SHOWN);
    }
    assertThat(NoticeRules.shownFor(NoticeKind.EVENT_TYPE_CHANGED)).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void certificate_is_told_about_once_within_14_days_before_its_end() {
    Instant end = START.plus(Duration.ofDays(14));
    assertThat(NoticeRules.isCertificateDue(end, null, START)).isFalse();
    assertThat(NoticeRules.isCertificateDue(end, null, START.plusSeconds(1))).isTrue();
    assertThat(NoticeRules.isCertificateDue(end, end, START.plusSeconds(1))).isFalse();
    assertThat(NoticeRules.isCertificateDue(end, START, START.plusSeconds(1))).isTrue();
    assertThat(NoticeRules.isCertificateDue(end, null, end)).as("it has expired").isFalse();
  }
}
