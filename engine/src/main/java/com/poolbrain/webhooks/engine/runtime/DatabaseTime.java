package com.poolbrain.webhooks.engine.runtime;

import java.time.Instant;

/// An estimate of the database's time: a time, and the monotonic reading at which it was valid.
///
/// @param time the database's time at that reading
/// @param nanoTime a reading of [Clock#nanoTime()]
public record DatabaseTime(Instant time, long nanoTime) {

  /// The estimate for another monotonic reading.
  public Instant at(long otherNanoTime) {
    return time.plusNanos(otherNanoTime - nanoTime);
  }

  /// The estimate after the database answered with its time. The database read its clock at an
  /// unknown moment between the two monotonic readings. An estimate that fits into that interval
  /// stays; any other moves to the nearer end of it. So a slow answer makes no good estimate worse.
  ///
  /// @param answer the database's time
  /// @param askedAt monotonic reading before the question
  /// @param answeredAt monotonic reading after the answer
  public DatabaseTime correctedBy(Instant answer, long askedAt, long answeredAt) {
    if (answer.isBefore(at(askedAt))) {
      return new DatabaseTime(answer, askedAt);
    }
    return answer.isAfter(at(answeredAt)) ? new DatabaseTime(answer, answeredAt) : this;
  }
}
