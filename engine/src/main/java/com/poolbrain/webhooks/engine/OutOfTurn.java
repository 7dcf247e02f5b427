package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict.Skip;
import com.poolbrain.webhooks.domain.Verdict.Unchanged;
import com.poolbrain.webhooks.engine.Reopening.Reopened;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What people ask for one delivery: send it again, cancel it, try an endpoint.
final class OutOfTurn {

  private static final int TRIES = 10;

  private final Node node;
  private final Supplier<UUID> ids;
  private final InstantSource clock;
  private final Settling settling;
  private final Waiters waiters;

  OutOfTurn(
      Node node, Supplier<UUID> ids, InstantSource clock, Settling settling, Waiters waiters) {
    this.node = node;
    this.ids = ids;
    this.clock = clock;
    this.settling = settling;
    this.waiters = waiters;
  }

  /// Begins a manual attempt.
  Trial redeliver(long companyId, UUID deliveryId) throws InterruptedException {
    node.membership().refresh();
    Membership.View view = node.membership().view();
    return switch (node.ledger().reopen(view.incarnation(), companyId, deliveryId)) {
      case Reopened(var claim) -> begin(claim);
      case Reopening.Busy _ -> new Trial.Busy();
      case Reopening.Unknown _ -> new Trial.Unknown();
    };
  }

  private Trial begin(Claim claim) {
    SkipReason reason = forbidden(node.membership().view().directory().place(claim.endpointId()));
    if (reason != null) {
      node.lanes().expectResult();
      settling.settle(new Settlement(claim, null, new Unchanged()));
      return new Trial.Forbidden(reason);
    }
    node.lanes().startNow(claim);
    return new Trial.Started(claim);
  }

  /// Sends a sample to an endpoint, once, and waits for the result.
  Trial test(long companyId, UUID endpointId, EventType type, Part.Item item)
      throws InterruptedException {
    node.membership().refresh();
    Directory.Place place = node.membership().view().directory().place(endpointId);
    if (place == null || place.endpoint().companyId() != companyId) {
      return new Trial.Unknown();
    }
    SkipReason reason = forbidden(place);
    return reason == null ? test(place, type, item) : new Trial.Forbidden(reason);
  }

  private static @Nullable SkipReason forbidden(Directory.@Nullable Place place) {
    SkipReason reason =
        place == null ? SkipReason.CANCELLED : place.subscriptions().closed(place.endpoint());
    return reason == SkipReason.ENDPOINT_PAUSED ? null : reason;
  }

  private Trial test(Directory.Place place, EventType type, Part.Item item)
      throws InterruptedException {
    NewDelivery delivery = testDelivery(place, type, item);
    CompletableFuture<Waiters.Recorded> result = waiters.expect(delivery.id());
    if (result == null) {
      return new Trial.Busy();
    }
    try {
      store(
          new Plan(
              List.of(new NewEvent(delivery.event(), List.of())), List.of(delivery), Map.of()));
    } catch (LedgerException | InterruptedException failure) {
      waiters.tell(delivery.id(), null);
      throw failure;
    }
    node.lanes().startNow(delivery.claim());
    AttemptFinished finished = await(result).finished();
    return finished == null ? new Trial.Busy() : new Trial.Made(finished);
  }

  private NewDelivery testDelivery(Directory.Place place, EventType type, Part.Item item) {
    long companyId = place.endpoint().companyId();
    Event event = new Event(ids.get(), companyId, type.name(), clock.instant(), 1, item.data());
    return new NewDelivery(
        ids.get(), event, place.endpoint().id(), type.name(), Trigger.TEST, true, null);
  }

  private void store(Plan plan) throws InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      Membership.View view = node.membership().view();
      Storing storing =
          node.ledger().store(view.incarnation(), view.directory().version(), List.of(plan));
      if (storing == Storing.STORED) {
        return;
      }
      node.membership().refresh();
    }
    throw new LedgerException.Away("the configuration changes too often");
  }

  /// Ends a delivery unsent.
  Cancelling cancel(long companyId, UUID deliveryId) throws InterruptedException {
    Claim waiting = node.lanes().remove(companyId, deliveryId);
    if (waiting == null) {
      return node.ledger().cancel(companyId, deliveryId);
    }
    CompletableFuture<Waiters.Recorded> recorded = waiters.expect(deliveryId);
    settling.settle(new Settlement(waiting, null, new Skip(SkipReason.CANCELLED)));
    if (recorded != null) {
      await(recorded);
    }
    return Cancelling.CANCELLED;
  }

  private static Waiters.Recorded await(CompletableFuture<Waiters.Recorded> result)
      throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
