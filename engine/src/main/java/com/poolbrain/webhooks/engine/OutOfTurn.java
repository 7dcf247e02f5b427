package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict.Skip;
import com.poolbrain.webhooks.domain.Verdict.Unchanged;
import com.poolbrain.webhooks.engine.Reopening.Reopened;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What people ask for one delivery: send it again, cancel it, try an endpoint. When this has
/// closed, nothing more begins.
final class OutOfTurn implements Service {

  private static final int TRIES = 10;

  /// Longer than any attempt, with some time to record it.
  private static final Duration TESTED_WITHIN = Duration.ofSeconds(40);

  private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(5);

  private final Node node;
  private final Supplier<UUID> ids;
  private final InstantSource clock;
  private final Settling settling;
  private final Waiters waiters;
  private final Entrance entrance = new Entrance();

  OutOfTurn(
      Node node, Supplier<UUID> ids, InstantSource clock, Settling settling, Waiters waiters) {
    this.node = node;
    this.ids = ids;
    this.clock = clock;
    this.settling = settling;
    this.waiters = waiters;
  }

  @Override
  public void start() {
    entrance.start();
  }

  /// Begins nothing more, and returns when what was asked for before has begun or come to nothing.
  @Override
  public void close() {
    entrance.close();
  }

  /// Begins a manual attempt. What waits in a lane of this node is taken out of it; what waits on
  /// another node can't be told from what runs there.
  Trial redeliver(long companyId, UUID deliveryId) throws InterruptedException {
    try (Entrance.Pass _ = entrance.enter()) {
      return beginAgain(companyId, deliveryId);
    }
  }

  private Trial beginAgain(long companyId, UUID deliveryId) throws InterruptedException {
    node.membership().refresh();
    Owned waiting = node.lanes().remove(companyId, deliveryId);
    if (waiting != null) {
      node.lanes().settled(1);
      return begin(new Owned(waiting.claim().byHand(), waiting.owner()));
    }
    UUID life = node.membership().view().incarnation();
    return switch (owning(life, () -> node.ledger().reopen(life, companyId, deliveryId))) {
      case Reopened(var claim) -> begin(new Owned(claim, life));
      case Reopening.Busy _ -> new Trial.Busy();
      case Reopening.Unknown _ -> new Trial.Unknown();
    };
  }

  /// Calls the ledger for something that this life may own afterwards.
  private <T> T owning(UUID life, Supplier<T> call) {
    try {
      return call.get();
    } catch (LedgerException.InDoubt doubt) {
      node.membership().doubt(life);
      throw doubt;
    }
  }

  private Trial begin(Owned owned) {
    Claim claim = owned.claim();
    Trial refused = refused(node.membership().view().directory().place(claim.endpointId()));
    if (refused != null) {
      return unsent(owned, refused);
    }
    if (!mayBegin(claim)) {
      return unsent(owned, new Trial.TooMany());
    }
    node.lanes().startNow(owned);
    return new Trial.Started(claim);
  }

  private Trial unsent(Owned owned, Trial why) {
    node.lanes().expectResult();
    settling.settle(owned.owner(), new Settlement(owned.claim(), null, new Unchanged()));
    return why;
  }

  private boolean mayBegin(Claim claim) {
    return node.byHand().begin(claim.id(), claim.endpointId(), node.lanes().pace(claim));
  }

  /// Sends a sample to an endpoint, once, and waits for the result.
  Trial test(long companyId, UUID endpointId, EventType type, Part.Item item)
      throws InterruptedException {
    node.membership().refresh();
    Directory.Place place = node.membership().view().directory().place(endpointId);
    if (place == null || place.endpoint().companyId() != companyId) {
      return new Trial.Unknown();
    }
    Trial refused = refused(place);
    return refused == null ? test(place, type, item) : refused;
  }

  private static @Nullable Trial refused(Directory.@Nullable Place place) {
    if (place == null) {
      return new Trial.Forbidden(SkipReason.CANCELLED);
    }
    SkipReason reason = place.subscriptions().closed(place.endpoint());
    if (reason != null && reason != SkipReason.ENDPOINT_PAUSED) {
      return new Trial.Forbidden(reason);
    }
    return place.signs() ? null : new Trial.Unsigned();
  }

  private Trial test(Directory.Place place, EventType type, Part.Item item)
      throws InterruptedException {
    NewDelivery delivery = testDelivery(place, type, item);
    Waiters.Waiter result = waiters.expect(delivery.id());
    if (result == null) {
      return new Trial.TooMany();
    }
    if (!mayBegin(delivery.claim())) {
      waiters.tell(delivery.id(), Waiters.Recorded.LOST);
      return new Trial.TooMany();
    }
    try (Entrance.Pass _ = entrance.enter()) {
      UUID life =
          store(
              new Plan(
                  List.of(new NewEvent(delivery.event(), List.of())), List.of(delivery), Map.of()));
      node.lanes().startNow(new Owned(delivery.claim(), life));
    } catch (LedgerException | InterruptedException failure) {
      node.byHand().end(delivery.id());
      waiters.tell(delivery.id(), Waiters.Recorded.LOST);
      throw failure;
    }
    AttemptFinished finished = waiters.await(result, TESTED_WITHIN).finished();
    return finished == null ? new Trial.Busy() : new Trial.Made(finished);
  }

  private NewDelivery testDelivery(Directory.Place place, EventType type, Part.Item item) {
    long companyId = place.endpoint().companyId();
    Event event = new Event(ids.get(), companyId, type.name(), clock.instant(), 1, item.data());
    return new NewDelivery(
        ids.get(), event, place.endpoint().id(), type.name(), Trigger.TEST, true, null);
  }

  /// Says which life of this node owns what it stored.
  private UUID store(Plan plan) throws InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      Membership.View view = node.membership().view();
      UUID life = view.incarnation();
      long version = view.directory().version();
      if (owning(life, () -> node.ledger().store(life, version, List.of(plan))) == Storing.STORED) {
        return life;
      }
      node.membership().refresh();
    }
    throw new LedgerException.Away("the configuration changes too often");
  }

  /// Ends a delivery unsent.
  Cancelling cancel(long companyId, UUID deliveryId) throws InterruptedException {
    Waiters.Waiter recorded;
    try (Entrance.Pass _ = entrance.enter()) {
      recorded = waiters.expect(deliveryId);
      if (recorded == null) {
        return Cancelling.BUSY;
      }
      Owned waiting = node.lanes().remove(companyId, deliveryId);
      if (waiting == null) {
        waiters.tell(deliveryId, Waiters.Recorded.LOST);
        return node.ledger().cancel(companyId, deliveryId);
      }
      settling.settle(
          waiting.owner(), new Settlement(waiting.claim(), null, new Skip(SkipReason.CANCELLED)));
    }
    return cancelled(waiters.await(recorded, CANCELLED_WITHIN).settled());
  }

  private static Cancelling cancelled(@Nullable Settled settled) {
    return switch (settled == null ? null : settled.status()) {
      case SKIPPED -> Cancelling.CANCELLED;
      case PENDING, DELIVERING, RETRYING -> Cancelling.BUSY;
      case DELIVERED, PERMANENTLY_FAILED -> Cancelling.ENDED;
      case null -> throw new LedgerException.InDoubt("nothing is on record");
    };
  }
}
