package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.payload.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Handles the messages of an inbox on its own threads, until it is closed.
final class InboxWorker implements AutoCloseable {

  /// Messages of other processes, and those that are due again, are found within this time.
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  /// How long [#close()] waits for handlers before it interrupts them.
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final Inbox inbox;
  private final HandlerRegistry handlers;
  private final InboxOptions options;
  private final ReceiverLog log;
  private final Semaphore arrivals = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  InboxWorker(Inbox inbox, HandlerRegistry handlers, InboxOptions options, ReceiverLog log) {
    this.inbox = inbox;
    this.handlers = handlers;
    this.options = options;
    this.log = log;
  }

  void start() {
    for (int i = 1; i <= options.threads(); i++) {
      var thread = new Thread(this::run, "webhook-inbox-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  /// Says that a message was stored.
  void wake() {
    if (arrivals.availablePermits() < threads.size()) {
      arrivals.release();
    }
  }

  private void run() {
    while (!closed) {
      try {
        if (!handleNext()) {
          arrivals.tryAcquire(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        // Only close() interrupts.
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// Whether there was a message.
  private boolean handleNext() {
    try {
      var next = inbox.claim(options.lease());
      next.ifPresent(this::handle);
      return next.isPresent();
    } catch (RuntimeException e) {
      log.inboxFailed(e);
      return false;
    }
  }

  private void handle(InboxClaim next) {
    Claim claim = next.claim();
    if (next.tries() > options.maxTries()) {
      inbox.giveUp(claim, "Its process ended while it was handled.");
      return;
    }
    InboxMessage message = next.message();
    Envelope envelope = Envelope.read(message.rawBody());
    List<Payload> items = Payload.readAll(envelope);
    WebhookContext context = WebhookContext.of(envelope, message).withClaim(claim);
    GroupHandler<Payload> handler = handlers.find(items);
    try {
      if (handler != null) {
        handler.handle(items, context);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      inbox.postpone(claim, Duration.ZERO, "The receiver was closed while it was handled.");
      return;
    } catch (Throwable e) {
      // Errors too: they would end the thread, and with the last thread the inbox would stand
      // still.
      fail(next, context, e);
      return;
    }
    if (!inbox.complete(claim)) {
      log.leaseLost(context);
    }
  }

  private void fail(InboxClaim next, WebhookContext context, Throwable cause) {
    if (next.tries() == options.maxTries()) {
      log.givenUp(context, cause);
      inbox.giveUp(next.claim(), cause.toString());
    } else {
      log.failed(context, cause);
      inbox.postpone(next.claim(), options.retryDelays().get(next.tries() - 1), cause.toString());
    }
  }

  /// Ends after the messages that are being handled. Those that take longer than 10 s are
  /// interrupted.
  @Override
  public void close() {
    closed = true;
    arrivals.release(threads.size());
    long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
      } catch (InterruptedException e) {
        interrupted = true;
      }
      thread.interrupt();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
