package com.poolbrain.webhooks.domain.notice;

import com.poolbrain.webhooks.domain.statistics.FailedAttempt;
import java.time.Instant;
import java.util.List;

/// What a notice says beside its kind.
public sealed interface NoticeDetail {

  /// Nothing further.
  record None() implements NoticeDetail {}

  /// An attempt that shows what is wrong.
  record Failure(FailedAttempt attempt) implements NoticeDetail {}

  /// The name of the user or script, as the audit has it.
  record DoneBy(String actor) implements NoticeDetail {}

  /// The end of a certificate.
  record Certificate(Instant expiresAt) implements NoticeDetail {}

  /// What changed, in sentences for subscribers.
  record TypeChanges(List<String> sentences) implements NoticeDetail {

    public TypeChanges {
      sentences = List.copyOf(sentences);
    }
  }
}
