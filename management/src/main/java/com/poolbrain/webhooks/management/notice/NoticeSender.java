package com.poolbrain.webhooks.management.notice;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.mail.MailServer;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.WakeableLoop;
import com.poolbrain.webhooks.store.notice.NoticeOutbox;
import com.poolbrain.webhooks.store.notice.NoticeOutbox.Ownership;
import com.poolbrain.webhooks.store.notice.NoticeScan;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The background work of notices. Of all nodes, one does it: writes the notices that follow from
/// the passing of time, and sends mails if a mail server is set.
public final class NoticeSender implements Service {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

  private static final Duration IDLE_PAUSE = Duration.ofSeconds(2);
  private static final Duration SCAN_INTERVAL = Duration.ofMinutes(1);

  private final NoticeOutbox outbox;
  private final NoticeScan scan;
  private final @Nullable MailServer server;
  private final @Nullable OutboxSender sender;
  private final Supplier<UUID> node;
  private final Clock clock;
  private final MailCounts counts = new MailCounts();
  private final WakeableLoop loop;
  private long nextScanNanos;

  /// @param server null if none is set
  /// @param node the present incarnation of this node
  /// @param threads of platform threads: a mail server is looked up and waited for with blocking
  ///   calls
  public NoticeSender(
      NoticeOutbox outbox,
      NoticeScan scan,
      @Nullable MailServer server,
      MailWriter writer,
      Supplier<UUID> node,
      Clock clock,
      ThreadFactory threads) {
    this.outbox = outbox;
    this.scan = scan;
    this.server = server;
    this.sender = server == null ? null : new OutboxSender(outbox, server, writer, clock, counts);
    this.node = node;
    this.clock = clock;
    this.nextScanNanos = clock.nanoTime();
    this.loop = new WakeableLoop(clock, threads, this::runOnce);
  }

  @Override
  public void start() {
    loop.start();
  }

  /// The mails of this node.
  public MailCounts counts() {
    return counts;
  }

  Duration runOnce() {
    try {
      UUID owner = node.get();
      if (!owns(owner)) {
        counts.waiting.set(0);
        return IDLE_PAUSE;
      }
      scanIfDue();
      Duration pause = sender == null ? null : sender.sendNext(owner);
      return pause == null ? IDLE_PAUSE : pause;
    } catch (LedgerException unavailable) {
      LOG.debug("Notices wait for the database: {}", unavailable.getMessage());
      return IDLE_PAUSE;
    }
  }

  private boolean owns(UUID owner) {
    return switch (outbox.claim(owner)) {
      case Ownership.Kept _ -> true;
      case Ownership.TakenOver(int uncertain) -> {
        counts.uncertain.addAndGet(uncertain);
        if (uncertain > 0) {
          LOG.warn(
              "A node ended while it sent {} mails. They may not have arrived, and are not sent"
                  + " again.",
              uncertain);
        }
        yield true;
      }
      case Ownership.OfAnother _ -> false;
    };
  }

  private void scanIfDue() {
    if (clock.nanoTime() - nextScanNanos >= 0) {
      scan.run(clock.instant());
      counts.waiting.set(sender == null ? 0 : outbox.countWaiting());
      nextScanNanos = clock.nanoTime() + SCAN_INTERVAL.toNanos();
    }
  }

  /// Ends the connection to the mail server too, so that nothing waits for it.
  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    loop.close();
  }
}
