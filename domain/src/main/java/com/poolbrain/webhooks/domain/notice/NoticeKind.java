package com.poolbrain.webhooks.domain.notice;

import com.poolbrain.webhooks.domain.WireNamed;
import java.util.EnumSet;
import java.util.Set;

/// What a notice is about.
public enum NoticeKind implements WireNamed {
  /// A delivery permanently failed, the first one since the endpoint was healthy.
  DELIVERY_FAILED,
  /// The endpoint began to fail.
  FAILING,
  /// The endpoint has been failing for another day.
  STILL_FAILING,
  /// The endpoint is no longer failing.
  RECOVERED,
  /// A user or a script read the signing secret.
  SECRET_REVEALED,
  /// The next signing secret was made.
  SECRET_ROLLED,
  /// The certificate of the endpoint expires soon.
  CERTIFICATE_EXPIRES,
  /// A subscribed event type was changed.
  EVENT_TYPE_CHANGED;

  /// The kinds that say nothing new once a notice of this kind follows. They are taken back if they
  /// were not sent.
  public Set<NoticeKind> supersedes() {
    return this == RECOVERED ? EnumSet.of(STILL_FAILING) : Set.of();
  }

  /// The opposites of this kind. If one was not sent when a notice of this kind follows, neither
  /// is: people still know the truth.
  public Set<NoticeKind> reverses() {
    return switch (this) {
      case FAILING -> EnumSet.of(RECOVERED);
      case RECOVERED -> EnumSet.of(FAILING);
      case DELIVERY_FAILED,
          STILL_FAILING,
          SECRET_REVEALED,
          SECRET_ROLLED,
          CERTIFICATE_EXPIRES,
          EVENT_TYPE_CHANGED ->
          Set.of();
    };
  }

  /// Whether the notice tells who did something with a signing secret.
  public boolean isAboutSecret() {
    return this == SECRET_REVEALED || this == SECRET_ROLLED;
  }

  /// The kind with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no kind has this name
  public static NoticeKind fromWireName(String wireName) {
    return WireNamed.find(NoticeKind.class, "kind of notice", wireName);
  }
}
