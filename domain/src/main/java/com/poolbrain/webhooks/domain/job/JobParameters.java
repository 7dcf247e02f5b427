package com.poolbrain.webhooks.domain.job;

import java.time.Instant;

/// What the caller chose for a background job, beside its kind and scope.
public sealed interface JobParameters {

  /// Nothing.
  JobParameters NONE = new None();

  /// A job that has no parameters.
  record None() implements JobParameters {}

  /// The events that were accepted in a time range.
  ///
  /// @param since the first moment of the range
  /// @param until the last moment of the range
  /// @param ratePerSecond how many deliveries the job starts per second, at most
  record AcceptedBetween(Instant since, Instant until, double ratePerSecond)
      implements JobParameters {}

  /// The content about one customer.
  ///
  /// @param customerId the value of `customerId` in its events
  record Customer(String customerId) implements JobParameters {}
}
