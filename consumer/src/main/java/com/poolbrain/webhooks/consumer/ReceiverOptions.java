package com.poolbrain.webhooks.consumer;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The limits and choices of a receiver.
///
/// @param maxAge how old an event may be; null for any age
/// @param executor where handlers run; null for the thread of the request
record ReceiverOptions(
    int maxBodyBytes,
    Duration lease,
    Duration replyWithin,
    @Nullable Duration maxAge,
    @Nullable Executor executor,
    InboxOptions inbox,
    InstantSource clock) {

  /// A body has at most 256 KiB of data, and an envelope of less than 1 KiB around it.
  static final int DEFAULT_MAX_BODY_BYTES = 1 << 20;

  /// Ends before the second attempt, which comes after 5 minutes.
  static final Duration DEFAULT_LEASE = Duration.ofMinutes(4);

  /// The sender waits for 10 s unless its operator chose otherwise.
  static final Duration DEFAULT_REPLY_WITHIN = Duration.ofSeconds(8);

  static ReceiverOptions defaults() {
    return new ReceiverOptions(
        DEFAULT_MAX_BODY_BYTES,
        DEFAULT_LEASE,
        DEFAULT_REPLY_WITHIN,
        null,
        null,
        InboxOptions.defaults(),
        InstantSource.system());
  }

  ReceiverOptions withMaxBodyBytes(int bytes) {
    return new ReceiverOptions(bytes, lease, replyWithin, maxAge, executor, inbox, clock);
  }

  ReceiverOptions withLease(Duration newLease) {
    return new ReceiverOptions(maxBodyBytes, newLease, replyWithin, maxAge, executor, inbox, clock);
  }

  ReceiverOptions withMaxAge(Duration age) {
    return new ReceiverOptions(maxBodyBytes, lease, replyWithin, age, executor, inbox, clock);
  }

  ReceiverOptions withExecutor(Executor newExecutor, Duration newReplyWithin) {
    return new ReceiverOptions(
        maxBodyBytes, lease, newReplyWithin, maxAge, newExecutor, inbox, clock);
  }

  ReceiverOptions withClock(InstantSource newClock) {
    return new ReceiverOptions(maxBodyBytes, lease, replyWithin, maxAge, executor, inbox, newClock);
  }

  ReceiverOptions withInbox(InboxOptions newInbox) {
    return new ReceiverOptions(maxBodyBytes, lease, replyWithin, maxAge, executor, newInbox, clock);
  }
}
