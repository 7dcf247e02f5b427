package com.poolbrain.webhooks.consumer;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Durable storage of webhooks between their acknowledgement and their handling. It remembers the
/// ids of handled ones, so it is an idempotency store too.
///
/// A message is waiting until it is claimed, and ends as completed or as a dead letter. A claim
/// whose lease ended makes the message wait again.
public interface Inbox {

  /// Stores a message. When this returns, the message survives the end of this process.
  ///
  /// @return false if a message with this id was stored before
  boolean store(InboxMessage message);

  /// Claims the message that has been due for the longest time; empty if none is.
  ///
  /// @param lease time after which others may claim the message again
  Optional<InboxClaim> claim(Duration lease);

  /// Records that a message was handled. Completing it again with the same claim changes nothing.
  ///
  /// @return false if the lease ended and another process has claimed the message since
  boolean complete(Claim claim);

  /// Lets a message wait for another try. Changes nothing if the claim is lost or completed.
  ///
  /// @param error why it failed, for people who look into the inbox
  void postpone(Claim claim, Duration delay, String error);

  /// Gives a message up: it is kept, and handled again when someone calls [#retry]. Changes nothing
  /// if the claim is lost or completed.
  ///
  /// @param error why it failed, for people who look into the inbox
  void giveUp(Claim claim, String error);

  /// Lets a dead letter wait to be handled again, with all its tries.
  ///
  /// @return false if there is no dead letter with this id
  boolean retry(UUID id);
}
