package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.payload.Payload;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Collects the parts of a [WebhookReceiver]. Needed are a secret and a handler.
public final class WebhookReceiverBuilder {

  private final List<@Nullable String> secrets = new ArrayList<>();
  private final Map<Class<? extends Payload>, GroupHandler<Payload>> handlers =
      new LinkedHashMap<>();
  private @Nullable GroupHandler<Payload> otherwise;
  private @Nullable WebhookVerifier verifier;
  private @Nullable IdempotencyStore store;
  private @Nullable Inbox inbox;
  private ReceiverOptions options = ReceiverOptions.defaults();

  WebhookReceiverBuilder() {}

  /// Adds a secret: the whole text, as the settings of the endpoint show it. Add the old and the
  /// new one while a secret is rolled. [#build] refuses null, so that a missing environment
  /// variable is noticed at the start.
  public WebhookReceiverBuilder secret(@Nullable String secret) {
    secrets.add(secret);
    return this;
  }

  /// Verifies with this verifier instead of one made from secrets.
  public WebhookReceiverBuilder verifier(WebhookVerifier newVerifier) {
    verifier = newVerifier;
    return this;
  }

  /// Handles all items of a webhook at once: a list of one, or a group.
  ///
  /// @param type record of the items; its aliases come to the same handler
  /// @throws IllegalArgumentException if the type has a handler
  public <P extends Payload> WebhookReceiverBuilder on(
      Class<P> type, GroupHandler<? super P> handler) {
    if (handlers.putIfAbsent(type, HandlerRegistry.casting(type, handler)) != null) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " has a handler already; call both from one handler.");
    }
    return this;
  }

  /// Handles each item of a webhook on its own, in their order.
  ///
  /// @param type record of the items; its aliases come to the same handler
  /// @throws IllegalArgumentException if the type has a handler
  public <P extends Payload> WebhookReceiverBuilder onEach(
      Class<P> type, ItemHandler<? super P> handler) {
    return on(type, HandlerRegistry.<P>eachOf(handler));
  }

  /// Handles webhooks without a handler of their own: types that this release does not know, and
  /// types for which none was given. Without it they are answered with 200 and ignored.
  public WebhookReceiverBuilder onUnknown(GroupHandler<Payload> handler) {
    otherwise = handler;
    return this;
  }

  /// Remembers handled deliveries here. Without it, in the memory of this process.
  public WebhookReceiverBuilder idempotency(IdempotencyStore newStore) {
    store = newStore;
    return this;
  }

  /// Stores webhooks here before they are acknowledged, and handles them afterwards on threads of
  /// the receiver, which ends with [WebhookReceiver#close()]. For handlers that take longer than
  /// the sender waits. An inbox remembers what it had, so there is no idempotency store beside it.
  public WebhookReceiverBuilder inbox(Inbox newInbox) {
    return inbox(newInbox, InboxOptions.defaults());
  }

  /// Stores webhooks here before they are acknowledged.
  ///
  /// @see #inbox(Inbox)
  public WebhookReceiverBuilder inbox(Inbox newInbox, InboxOptions inboxOptions) {
    inbox = newInbox;
    options = options.withInbox(inboxOptions);
    return this;
  }

  /// After this time a delivery that is still being handled may be handled by another process. 4
  /// minutes unless chosen: less than the time to the next attempt, and longer than any handler.
  public WebhookReceiverBuilder lease(Duration lease) {
    requirePositive("lease", lease);
    options = options.withLease(lease);
    return this;
  }

  /// Runs handlers here, and answers 409 if one takes longer than `replyWithin`. It goes on, and
  /// the next attempt finds the delivery completed. Nothing is acknowledged before it is handled.
  ///
  /// @param replyWithin less than the sender's timeout, which is 10 s by default
  public WebhookReceiverBuilder executor(Executor executor, Duration replyWithin) {
    requirePositive("replyWithin", replyWithin);
    options = options.withExecutor(executor, replyWithin);
    return this;
  }

  /// Runs handlers here, and answers 409 if one takes longer than 8 s.
  ///
  /// @see #executor(Executor, Duration)
  public WebhookReceiverBuilder executor(Executor executor) {
    return executor(executor, ReceiverOptions.DEFAULT_REPLY_WITHIN);
  }

  /// Refuses events that occurred longer ago than this, with 401. Off unless chosen: the time of an
  /// event does not change when it is redelivered or recovered days later, so this refuses such
  /// deliveries too. A recorded request that is sent again is recognised by its id as long as the
  /// store remembers it. For a limit of five minutes per attempt use
  /// [WebhookVerifier#requiringTimestamp()].
  public WebhookReceiverBuilder maxAge(Duration maxAge) {
    requirePositive("maxAge", maxAge);
    options = options.withMaxAge(maxAge);
    return this;
  }

  /// Refuses larger bodies, with 413. 1 MiB unless chosen; the largest webhook has 257 KiB.
  public WebhookReceiverBuilder maxBodyBytes(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxBodyBytes must be at least 1.");
    }
    options = options.withMaxBodyBytes(bytes);
    return this;
  }

  /// Reads the time here instead of from the system.
  public WebhookReceiverBuilder clock(InstantSource clock) {
    options = options.withClock(clock);
    return this;
  }

  /// The receiver. With an inbox, its threads run.
  ///
  /// @throws IllegalStateException if there is no handler or no secret, or an inbox together with
  ///   an idempotency store or an executor
  /// @throws IllegalArgumentException if a secret is null or has a wrong form
  public WebhookReceiver build() {
    var registry = new HandlerRegistry(handlers, otherwise);
    if (registry.isEmpty()) {
      throw new IllegalStateException("The receiver has no handler; add one with on(…).");
    }
    if (inbox != null && (store != null || options.executor() != null)) {
      throw new IllegalStateException(
          "An inbox remembers deliveries and has its own threads; leave out idempotency(…) and"
              + " executor(…).");
    }
    return new WebhookReceiver(
            createVerifier(),
            registry,
            store == null ? new InMemoryIdempotencyStore() : store,
            inbox,
            options)
        .start();
  }

  private WebhookVerifier createVerifier() {
    if (verifier != null) {
      return verifier;
    }
    if (secrets.isEmpty()) {
      throw new IllegalStateException(
          "The receiver has no secret; add the one that the settings of the endpoint show with"
              + " secret(…).");
    }
    return WebhookVerifier.of(secrets.toArray(new @Nullable String[0])).withClock(options.clock());
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be longer than zero.");
    }
  }
}
