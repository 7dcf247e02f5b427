package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.NewEvent;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Every result of a publish call is true.
final class PublishInvariants {

  private final RunHistory history;
  private final Violations violations;
  private final Map<Integer, Integer> storeCountsByItem = new HashMap<>();
  private final Map<UUID, Event> eventsById = new LinkedHashMap<>();

  PublishInvariants(RunHistory history, Violations violations) {
    this.history = history;
    this.violations = violations;
    for (NewEvent event : history.world().ledger().events()) {
      eventsById.put(event.event().id(), event.event());
      for (Integer item : PublishRequestFactory.itemNumbers(event.event().data())) {
        storeCountsByItem.merge(item, 1, Integer::sum);
      }
    }
  }

  void check() {
    for (PublishCall publishCall : history.publishCalls()) {
      if (!publishCall.isAnswered()) {
        violations.addUnless(
            publishCall.process().isDead(), () -> describe(publishCall) + " never returned");
        checkAtomicity(publishCall);
      } else if (publishCall.result() instanceof PublishResult.Accepted(var receipts)) {
        checkAccepted(publishCall, receipts);
      } else if (publishCall.failure() != null) {
        checkFailure(publishCall, publishCall.failure());
      }
    }
    checkNoDuplicates();
    checkIdempotencyKeys();
  }

  private static String describe(PublishCall publishCall) {
    return "publish call " + publishCall.number();
  }

  private void checkAccepted(PublishCall publishCall, List<Receipt> receipts) {
    List<PublishedEvent> publishedEvents = publishCall.publishRequest().events();
    violations.addUnless(
        receipts.size() == publishedEvents.size(),
        () -> describe(publishCall) + " has another number of receipts than events");
    for (int i = 0; i < receipts.size(); i++) {
      Receipt receipt = receipts.get(i);
      Set<Integer> storedItems = new HashSet<>();
      for (UUID id : receipt.ids()) {
        Event event = eventsById.get(id);
        if (event == null) {
          violations.add(
              describe(publishCall) + " was accepted, but event " + id + " is not stored");
        } else {
          storedItems.addAll(PublishRequestFactory.itemNumbers(event.data()));
        }
      }
      for (PublishedEvent.EventItem eventItem : publishedEvents.get(i).items()) {
        int number = PublishRequestFactory.itemNumber(eventItem);
        violations.addUnless(
            storedItems.contains(number),
            () -> describe(publishCall) + " was accepted without item " + number);
      }
      checkReceiptCounts(publishCall, receipt);
    }
  }

  private void checkReceiptCounts(PublishCall publishCall, Receipt receipt) {
    List<SimulatedDelivery> deliveries =
        receipt.ids().stream().flatMap(id -> history.deliveriesOf(id).stream()).toList();
    long skipped =
        deliveries.stream().filter(delivery -> delivery.info().skipReason() != null).count();
    violations.addUnless(
        skipped == receipt.skipped() && deliveries.size() - skipped == receipt.deliveries(),
        () ->
            describe(publishCall)
                + " returned "
                + receipt
                + " but has "
                + deliveries.size()
                + " deliveries");
  }

  private void checkFailure(PublishCall publishCall, Throwable failure) {
    if (failure instanceof LedgerException.CommitUnknown) {
      checkAtomicity(publishCall);
    } else if (failure instanceof LedgerException.Unavailable) {
      violations.addUnless(
          countStored(publishCall) == 0
              // another publish call with the same key may have been stored
              || !publishCall.publishRequest().idempotencyKeys().isEmpty(),
          () -> describe(publishCall) + " failed as not stored, but is stored");
    } else {
      violations.add(describe(publishCall) + " failed unexpectedly: " + failure);
    }
  }

  private void checkAtomicity(PublishCall publishCall) {
    int storedCount = countStored(publishCall);
    int itemCount =
        publishCall.publishRequest().events().stream().mapToInt(p -> p.items().size()).sum();
    violations.addUnless(
        storedCount == 0
            || storedCount == itemCount
            || !publishCall.publishRequest().idempotencyKeys().isEmpty(),
        () ->
            describe(publishCall)
                + " is stored in part: "
                + storedCount
                + " of "
                + itemCount
                + " items");
  }

  private int countStored(PublishCall publishCall) {
    int storedCount = 0;
    for (PublishedEvent publishedEvent : publishCall.publishRequest().events()) {
      for (PublishedEvent.EventItem eventItem : publishedEvent.items()) {
        storedCount +=
            storeCountsByItem.containsKey(PublishRequestFactory.itemNumber(eventItem)) ? 1 : 0;
      }
    }
    return storedCount;
  }

  /// An item with an idempotency key is stored at most once, and any other at most as often as it
  /// was published.
  private void checkNoDuplicates() {
    Map<Integer, Integer> maxStores = new HashMap<>();
    for (PublishCall publishCall : history.publishCalls()) {
      boolean hasRequestKey = publishCall.publishRequest().idempotentRequest() != null;
      for (PublishedEvent publishedEvent : publishCall.publishRequest().events()) {
        boolean hasKey = hasRequestKey || publishedEvent.idempotentRequest() != null;
        for (PublishedEvent.EventItem eventItem : publishedEvent.items()) {
          maxStores.merge(
              PublishRequestFactory.itemNumber(eventItem),
              1,
              (previous, increment) -> hasKey ? previous : previous + increment);
        }
      }
    }
    storeCountsByItem.forEach((item, storedCount) ->
        violations.addUnless(
            storedCount <= maxStores.getOrDefault(item, 0),
            () -> "item " + item + " is stored " + storedCount + " times"));
  }

  private void checkIdempotencyKeys() {
    Map<IdempotencyKey, Object> firstResults = new HashMap<>();
    for (PublishCall publishCall : history.publishCalls()) {
      PublishRequest.IdempotentRequest idempotentRequest =
          publishCall.publishRequest().idempotentRequest();
      if (idempotentRequest != null
          && publishCall.result() instanceof PublishResult.Accepted(var receipts)) {
        Object previous = firstResults.putIfAbsent(idempotentRequest.key(), receipts);
        violations.addUnless(
            previous == null || previous.equals(receipts),
            () ->
                describe(publishCall)
                    + " returned another result than the first call with its key");
      }
    }
  }
}
