package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Grouping;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.dispatch.QueueReservation;
import com.poolbrain.webhooks.engine.intake.EventGrouper.GroupedItem;
import com.poolbrain.webhooks.engine.intake.PlanResult.AlreadyAnswered;
import com.poolbrain.webhooks.engine.intake.PlanResult.Planned;
import com.poolbrain.webhooks.engine.intake.PlanResult.Refused;
import com.poolbrain.webhooks.engine.intake.PublishResult.Reason;
import com.poolbrain.webhooks.engine.intake.PublishResult.Rejected;
import com.poolbrain.webhooks.engine.intake.PublishResult.Rejection;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.NewEvent;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Decides what a submission makes: which events its items become, and which deliveries they fan
/// out to under one version of the configuration.
public final class FanOutPlanner {

  private final Supplier<UUID> ids;
  private final InstantSource clock;

  public FanOutPlanner(Supplier<UUID> ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /// @param storedResponses what was answered to keys that are known already
  PlanResult plan(
      PublishRequest request,
      ConfigSnapshot config,
      Map<IdempotencyKey, StoredResponse> storedResponses,
      QueueReservation reservation) {
    IdempotencyMatches matches = IdempotencyMatches.of(request, storedResponses);
    if (matches.conflict() != null) {
      return new Refused(matches.conflict());
    }
    if (matches.requestReceipts() != null) {
      return new AlreadyAnswered(matches.requestReceipts());
    }
    List<Rejection> rejections = unknownCompanies(request.events(), config, matches);
    return rejections.isEmpty()
        ? fanOut(request, config, matches, reservation)
        : new Refused(new Rejected(rejections));
  }

  private static List<Rejection> unknownCompanies(
      List<PublishedEvent> publishedEvents, ConfigSnapshot config, IdempotencyMatches matches) {
    List<Rejection> rejections = new ArrayList<>();
    for (int i = 0; i < publishedEvents.size(); i++) {
      if (!matches.isRepeat(i)
          && config.companyConfig(publishedEvents.get(i).companyId()) == null) {
        rejections.add(new Rejection(i, Reason.UNKNOWN_COMPANY));
      }
    }
    return rejections;
  }

  private PlanResult fanOut(
      PublishRequest request,
      ConfigSnapshot config,
      IdempotencyMatches matches,
      QueueReservation reservation) {
    Instant now = clock.instant();
    List<NewEvent> events = new ArrayList<>();
    List<NewDelivery> deliveries = new ArrayList<>();
    ReceiptBuilder[] receiptBuilders = new ReceiptBuilder[request.events().size()];
    Arrays.setAll(receiptBuilders, _ -> new ReceiptBuilder());
    for (List<GroupedItem> group : EventGrouper.group(request.events(), matches::isRepeat)) {
      PublishedEvent first = group.getFirst().event();
      NewEvent event = newEvent(group, now);
      int before = deliveries.size();
      fanOut(event.event(), first, config, deliveries);
      events.add(event);
      ReceiptBuilder.addGroup(
          receiptBuilders,
          group,
          event.event().id(),
          deliveries.subList(before, deliveries.size()));
    }
    if (deliveries.size() > Limits.MAX_REQUEST_DELIVERIES) {
      return new Refused(new Rejected(List.of(new Rejection(-1, Reason.TOO_MANY_DELIVERIES))));
    }
    deliveries.replaceAll(delivery -> reserveSlot(delivery, config, reservation));
    List<Receipt> receipts = buildReceipts(request.events(), matches, receiptBuilders);
    return new Planned(
        new Plan(events, deliveries, responsesToStore(request, matches, receipts)), receipts);
  }

  private NewEvent newEvent(List<GroupedItem> group, Instant now) {
    PublishedEvent first = group.getFirst().event();
    Instant latest = null;
    List<byte[]> items = new ArrayList<>(group.size());
    List<String> refs = new ArrayList<>(group.size());
    for (GroupedItem groupedItem : group) {
      Instant occurred =
          groupedItem.event().occurredAt() == null ? now : groupedItem.event().occurredAt();
      latest = latest == null || occurred.isAfter(latest) ? occurred : latest;
      items.add(groupedItem.eventItem().data());
      refs.addAll(groupedItem.eventItem().refs());
    }
    return new NewEvent(
        new Event(
            ids.get(),
            first.companyId(),
            first.type().name(),
            latest == null ? now : latest,
            items.size(),
            Grouping.joinItems(items)),
        refs);
  }

  private void fanOut(
      Event event,
      PublishedEvent publishedEvent,
      ConfigSnapshot config,
      List<NewDelivery> deliveries) {
    CompanyConfig companyConfig = config.companyConfig(event.companyId());
    if (companyConfig == null) {
      throw new IllegalStateException("company " + event.companyId() + " vanished while planning");
    }
    for (Endpoint endpoint : companyConfig.endpoints()) {
      String eventName =
          endpoint.deleted() ? null : endpoint.subscribedNameFor(publishedEvent.type());
      if (eventName != null) {
        deliveries.add(
            new NewDelivery(
                ids.get(),
                event,
                endpoint.id(),
                eventName,
                Trigger.AUTOMATIC,
                false,
                companyConfig.blockReason(endpoint)));
      }
    }
  }

  /// What can't be sent from here, for want of room or of a secret, is nobody's own.
  private static NewDelivery reserveSlot(
      NewDelivery delivery, ConfigSnapshot config, QueueReservation reservation) {
    Event event = delivery.event();
    ConfigSnapshot.EndpointConfig endpointConfig = config.endpointConfig(delivery.endpointId());
    boolean owned =
        delivery.skipReason() == null
            && endpointConfig != null
            && endpointConfig.canSign()
            && reservation.tryReserve(
                event.companyId(), delivery.endpointId(), event.data().length);
    return owned ? delivery.asOwned() : delivery;
  }

  private static List<Receipt> buildReceipts(
      List<PublishedEvent> publishedEvents,
      IdempotencyMatches matches,
      ReceiptBuilder[] receiptBuilders) {
    List<Receipt> receipts = new ArrayList<>(publishedEvents.size());
    for (int i = 0; i < receiptBuilders.length; i++) {
      receipts.add(
          matches.isRepeat(i)
              ? matches.receipt(i, receipts)
              : receiptBuilders[i].build(publishedEvents.get(i)));
    }
    return receipts;
  }

  private static Map<IdempotencyKey, StoredResponse> responsesToStore(
      PublishRequest request, IdempotencyMatches matches, List<Receipt> receipts) {
    Map<IdempotencyKey, StoredResponse> responses = new LinkedHashMap<>();
    var requestKey = request.idempotentRequest();
    if (requestKey != null) {
      responses.put(requestKey.key(), new StoredResponse(requestKey.fingerprint(), receipts));
    }
    for (int i = 0; i < receipts.size(); i++) {
      var eventKey = request.events().get(i).idempotentRequest();
      if (eventKey != null && !matches.isRepeat(i)) {
        responses.put(
            eventKey.key(), new StoredResponse(eventKey.fingerprint(), List.of(receipts.get(i))));
      }
    }
    return responses;
  }

  /// What the events of one object add up to.
  private static final class ReceiptBuilder {
    private final List<UUID> eventIds = new ArrayList<>(1);
    private int deliveries;
    private int skipped;

    static void addGroup(
        ReceiptBuilder[] receiptBuilders,
        List<GroupedItem> group,
        UUID event,
        List<NewDelivery> newDeliveries) {
      int skippedCount =
          (int) newDeliveries.stream().filter(delivery -> delivery.skipReason() != null).count();
      int lastIndex = -1;
      for (GroupedItem groupedItem : group) {
        if (groupedItem.eventIndex() != lastIndex) {
          lastIndex = groupedItem.eventIndex();
          receiptBuilders[lastIndex].eventIds.add(event);
          receiptBuilders[lastIndex].skipped += skippedCount;
          receiptBuilders[lastIndex].deliveries += newDeliveries.size() - skippedCount;
        }
      }
    }

    Receipt build(PublishedEvent publishedEvent) {
      return new Receipt(
          List.copyOf(eventIds),
          publishedEvent.companyId(),
          publishedEvent.type().name(),
          deliveries,
          skipped);
    }
  }
}
