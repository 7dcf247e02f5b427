package com.poolbrain.webhooks.management.notice;

import java.util.concurrent.atomic.AtomicLong;

/// Counts of mails since the start of this node. Any thread may read them.
public final class MailCounts {

  final AtomicLong accepted = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong deferred = new AtomicLong();
  final AtomicLong uncertain = new AtomicLong();
  final AtomicLong waiting = new AtomicLong();

  /// Mails that the server accepted.
  public long accepted() {
    return accepted.get();
  }

  /// Mails that the server refused for good.
  public long refused() {
    return refused.get();
  }

  /// Attempts that failed and are repeated later.
  public long deferred() {
    return deferred.get();
  }

  /// Mails that the server may have accepted or not. They are not repeated.
  public long uncertain() {
    return uncertain.get();
  }

  /// Notices that waited for a mail at the last count; 0 on a node that does not send.
  public long waiting() {
    return waiting.get();
  }
}
