package com.poolbrain.webhooks.domain;

import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;

/// How much of its concurrency an endpoint may use: little at first, doubling with each success,
/// and little again when its last attempts cost time or connections.
///
/// @param strain attempts in a row, the latest included, that failed by time or connection
/// @param limit attempts at a time
/// @param narrow whether it is a neighbour to guard others from, until it is wide again
public record Width(int strain, int limit, boolean narrow) {

  private static final int STRAINED_AT = 5;
  private static final int NARROWEST = 2;
  private static final int WIDEST = 1 << 10;

  /// What an endpoint begins with.
  public static final Width UNPROVEN = new Width(0, NARROWEST, false);

  /// The width after one more attempt, for an endpoint that may have `max` of them at a time.
  public Width after(Outcome outcome, int max) {
    return switch (outcome) {
      case Delivered _ -> {
        int wider = Math.min(limit * 2, WIDEST);
        yield new Width(0, wider, narrow && wider < max);
      }
      case Failed(var error, _, _) when error.byTimeOrConnection() ->
          strain + 1 >= STRAINED_AT
              ? new Width(STRAINED_AT, NARROWEST, true)
              : new Width(strain + 1, limit, narrow);
      case Failed _ -> new Width(0, limit, narrow);
    };
  }
}
