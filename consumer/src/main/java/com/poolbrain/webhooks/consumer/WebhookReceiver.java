package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.payload.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Receives webhooks: verifies the signature, reads the body, and calls the handler of the event
/// once per delivery. Thread-safe; keep one instance per endpoint.
///
/// ```java
/// var receiver = WebhookReceiver.builder()
///     .secret(System.getenv("POOLBRAIN_WEBHOOK_SECRET"))
///     .on(CustomerCreated.class, (customers, context) -> crm.importAll(customers))
///     .idempotency(JdbcIdempotencyStore.of(dataSource))
///     .build();
/// Reply reply = receiver.receive(rawBody, request::getHeader);
/// respond(reply.status(), reply.message());
/// ```
public final class WebhookReceiver implements AutoCloseable {

  private final WebhookVerifier verifier;
  private final HandlerRegistry handlers;
  private final IdempotencyStore store;
  private final ReceiverOptions options;
  private final ReceiverLog log;
  private final @Nullable Inbox inbox;
  private final @Nullable InboxWorker worker;

  WebhookReceiver(
      WebhookVerifier verifier,
      HandlerRegistry handlers,
      IdempotencyStore store,
      @Nullable Inbox inbox,
      ReceiverOptions options) {
    this.verifier = verifier;
    this.handlers = handlers;
    this.store = store;
    this.options = options;
    this.log = new ReceiverLog(options.clock());
    this.inbox = inbox;
    this.worker = inbox == null ? null : new InboxWorker(inbox, handlers, options.inbox(), log);
  }

  /// Begins to work off the inbox, if there is one.
  WebhookReceiver start() {
    if (worker != null) {
      worker.start();
    }
    return this;
  }

  /// A builder of receivers.
  public static WebhookReceiverBuilder builder() {
    return new WebhookReceiverBuilder();
  }

  /// The most bytes of a body. Adapters read no more.
  public int maxBodyBytes() {
    return options.maxBodyBytes();
  }

  /// Handles a request whose headers are in a map.
  ///
  /// @see #receive(byte[], RequestHeaders)
  public Reply receive(byte[] rawBody, Map<String, ?> headers) {
    return receive(rawBody, RequestHeaders.of(headers));
  }

  /// Handles a request, and returns what to answer. Exceptions of handlers and of the store become
  /// a [Reply.Failed].
  ///
  /// @param rawBody the bytes of the body as they were received; not changed, and not to be changed
  ///   by the caller
  /// @param headers method that finds a header by its name
  public Reply receive(byte[] rawBody, RequestHeaders headers) {
    if (rawBody.length > options.maxBodyBytes()) {
      return new Reply.TooLarge();
    }
    if (verifier.verify(rawBody, headers) instanceof Verification.Failure failure) {
      log.unauthorized(failure);
      return new Reply.Unauthorized(failure);
    }
    Envelope envelope;
    List<Payload> items;
    try {
      envelope = Envelope.read(rawBody);
      items = Payload.readAll(envelope);
    } catch (IllegalArgumentException unreadable) {
      String message = String.valueOf(unreadable.getMessage());
      log.malformed(message);
      return new Reply.Malformed(message);
    }
    Verification.Stale stale = findStale(envelope);
    if (stale != null) {
      log.unauthorized(stale);
      return new Reply.Unauthorized(stale);
    }
    WebhookContext context = WebhookContext.of(envelope, rawBody, headers);
    Reply reply = dispatch(items, context);
    log.received(context, reply);
    return reply;
  }

  private Verification.@Nullable Stale findStale(Envelope envelope) {
    Duration maxAge = options.maxAge();
    Instant now = options.clock().instant();
    return maxAge == null || !envelope.timestamp().isBefore(now.minus(maxAge))
        ? null
        : new Verification.Stale(
            envelope.timestamp(),
            "The event is older than this receiver accepts (maxAge). It may be a replay.");
  }

  private Reply dispatch(List<Payload> items, WebhookContext context) {
    GroupHandler<Payload> handler = handlers.find(items);
    if (handler == null) {
      return new Reply.Ignored();
    }
    if (inbox != null) {
      return store(inbox, context);
    }
    ClaimResult result;
    try {
      result = store.claim(context.id(), options.lease());
    } catch (RuntimeException e) {
      log.failed(context, e);
      return new Reply.Failed(e);
    }
    if (result instanceof Claim claim) {
      WebhookContext claimed = context.withClaim(claim);
      Executor executor = options.executor();
      return executor == null
          ? handle(handler, items, claimed)
          : handleWithin(executor, handler, items, claimed);
    }
    return result instanceof ClaimResult.Completed ? new Reply.Duplicate() : new Reply.InProgress();
  }

  private Reply store(Inbox durable, WebhookContext context) {
    try {
      if (!durable.store(context.toInboxMessage())) {
        return new Reply.Duplicate();
      }
    } catch (RuntimeException e) {
      log.failed(context, e);
      return new Reply.Failed(e);
    }
    if (worker != null) {
      worker.wake();
    }
    return new Reply.Stored();
  }

  /// Waits for a handler that runs on the executor for as long as the sender waits for the answer.
  private Reply handleWithin(
      Executor executor,
      GroupHandler<Payload> handler,
      List<Payload> items,
      WebhookContext context) {
    CompletableFuture<Reply> future;
    try {
      future = CompletableFuture.supplyAsync(() -> handle(handler, items, context), executor);
    } catch (RejectedExecutionException e) {
      release(context);
      log.failed(context, e);
      return new Reply.Failed(e);
    }
    try {
      return future.get(options.replyWithin().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillRunning) {
      return new Reply.InProgress();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply.InProgress();
    } catch (ExecutionException e) {
      return new Reply.Failed(e);
    }
  }

  private Reply handle(GroupHandler<Payload> handler, List<Payload> items, WebhookContext context) {
    boolean handled = false;
    try {
      handler.handle(items, context);
      handled = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.failed(context, e);
      return new Reply.Failed(e);
    } catch (Exception e) {
      log.failed(context, e);
      return new Reply.Failed(e);
    } finally {
      // Also after an Error, which goes on to the caller.
      if (!handled) {
        release(context);
      }
    }
    return complete(context);
  }

  private Reply complete(WebhookContext context) {
    try {
      if (store.complete(context.claim())) {
        return new Reply.Handled();
      }
    } catch (RuntimeException e) {
      // The effect may be there already. The claim stays until its lease ends, then it comes again.
      log.failed(context, e);
      return new Reply.Failed(e);
    }
    log.leaseLost(context);
    return new Reply.InProgress();
  }

  private void release(WebhookContext context) {
    try {
      store.release(context.claim());
    } catch (RuntimeException e) {
      log.releaseFailed(context, e);
    }
  }

  /// Ends the threads of the inbox, after the messages that they are handling. Without an inbox
  /// there is nothing to close.
  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
