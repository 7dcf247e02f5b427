package com.poolbrain.webhooks.domain;

import com.poolbrain.webhooks.domain.Outcome.Failed;

/// How much of its concurrency an endpoint may use: little at first, doubling while it uses all
/// that it may, and little again while its attempts cost time or connections.
///
/// Who has little to send so keeps a small width, and can't take many places with it on the day on
/// which it begins to hang (like the congestion window of RFC 7661).
///
/// @param strain 0 to 5: more with each attempt that failed by time or connection, one less with
///   each other one
/// @param limit attempts at a time
/// @param narrow whether it is a neighbour to guard others from: from full strain on until there is
///   none
public record Width(int strain, int limit, boolean narrow) {

  private static final int FULL_STRAIN = 5;
  private static final int NARROWEST = 2;

  /// So much less than it may is little.
  private static final int LITTLE = 4;

  /// What an endpoint begins with.
  public static final Width UNPROVEN = new Width(0, NARROWEST, false);

  /// The width after one more attempt.
  ///
  /// @param running attempts that ran at its end, itself included
  /// @param max attempts that the endpoint may have at a time
  public Width after(Outcome outcome, int running, int max) {
    int strained = strain + outcome.strain();
    if (strained > strain) {
      return strained >= FULL_STRAIN
          ? new Width(FULL_STRAIN, NARROWEST, true)
          : new Width(strained, limit, narrow);
    }
    int calmer = Math.max(0, strain - 1);
    boolean guarded = narrow && calmer > 0;
    return outcome instanceof Failed || guarded
        ? new Width(calmer, limit, guarded)
        : new Width(calmer, fitting(running, max), false);
  }

  private int fitting(int running, int max) {
    if (running >= limit) {
      return Math.min(limit * 2, max);
    }
    return running * LITTLE < limit ? limit - 1 : limit;
  }
}
