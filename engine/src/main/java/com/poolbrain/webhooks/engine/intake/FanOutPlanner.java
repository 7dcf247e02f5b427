package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Grouping;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.intake.EventGrouper.GroupedItem;
import com.poolbrain.webhooks.engine.intake.IdempotencyMatches.Conflicting;
import com.poolbrain.webhooks.engine.intake.IdempotencyMatches.SingleEvents;
import com.poolbrain.webhooks.engine.intake.IdempotencyMatches.WholeRequest;
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
import com.poolbrain.webhooks.engine.node.ConfigSnapshot.EndpointConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Plans a publish request: which events its items become, and which deliveries they fan out to
/// under one version of the configuration. It stores and reserves nothing.
public final class FanOutPlanner {

  private final Supplier<UUID> ids;
  private final InstantSource clock;

  public FanOutPlanner(Supplier<UUID> ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /// Plans one request.
  ///
  /// @param storedResponses responses to earlier publishes with the keys of this request
  PlanResult plan(
      PublishRequest request,
      ConfigSnapshot config,
      Map<IdempotencyKey, StoredResponse> storedResponses) {
    return switch (IdempotencyMatches.of(request, storedResponses)) {
      case Conflicting(var conflict) -> new Refused(conflict);
      case WholeRequest(var receipts) -> new AlreadyAnswered(receipts);
      case SingleEvents matches -> plan(request, config, matches);
    };
  }

  private PlanResult plan(PublishRequest request, ConfigSnapshot config, SingleEvents matches) {
    List<Rejection> rejections = unknownCompanies(request.events(), config, matches);
    return rejections.isEmpty()
        ? fanOut(request, config, matches)
        : new Refused(new Rejected(rejections));
  }

  private static List<Rejection> unknownCompanies(
      List<PublishedEvent> publishedEvents, ConfigSnapshot config, SingleEvents matches) {
    List<Rejection> rejections = new ArrayList<>();
    for (int i = 0; i < publishedEvents.size(); i++) {
      CompanyConfig company = config.companyConfig(publishedEvents.get(i).companyId());
      if (!matches.isRepeat(i) && (company == null || company.deleted())) {
        rejections.add(new Rejection(i, Reason.UNKNOWN_COMPANY));
      }
    }
    return rejections;
  }

  private PlanResult fanOut(PublishRequest request, ConfigSnapshot config, SingleEvents matches) {
    Instant now = clock.instant();
    List<NewEvent> events = new ArrayList<>();
    List<NewDelivery> deliveries = new ArrayList<>();
    ReceiptBuilder[] receiptBuilders = new ReceiptBuilder[request.events().size()];
    Arrays.setAll(receiptBuilders, _ -> new ReceiptBuilder());
    for (List<GroupedItem> group : EventGrouper.group(request.events(), matches::isRepeat)) {
      PublishedEvent first = group.getFirst().event();
      NewEvent event = newEvent(group, now);
      int before = deliveries.size();
      addDeliveries(event.event(), first, config, deliveries);
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

  private void addDeliveries(
      Event event,
      PublishedEvent publishedEvent,
      ConfigSnapshot config,
      List<NewDelivery> deliveries) {
    CompanyConfig companyConfig = config.companyConfig(event.companyId());
    if (companyConfig == null) {
      throw new IllegalStateException("no configuration of company " + event.companyId());
    }
    for (Endpoint endpoint : companyConfig.endpoints()) {
      String eventName =
          endpoint.deleted() ? null : endpoint.subscribedNameFor(publishedEvent.type());
      if (eventName != null) {
        deliveries.add(newDelivery(event, endpoint, eventName, companyConfig, config));
      }
    }
  }

  /// A delivery of an endpoint whose secret this node can't read stays unowned: it waits in the
  /// ledger for a node that can sign it.
  private NewDelivery newDelivery(
      Event event,
      Endpoint endpoint,
      String eventName,
      CompanyConfig company,
      ConfigSnapshot config) {
    SkipReason skipReason = company.blockReason(endpoint);
    EndpointConfig endpointConfig = config.endpointConfig(endpoint.id());
    boolean isOwned = skipReason == null && endpointConfig != null && endpointConfig.canSign();
    return new NewDelivery(
        ids.get(), event, endpoint.id(), eventName, Trigger.AUTOMATIC, isOwned, skipReason);
  }

  private static List<Receipt> buildReceipts(
      List<PublishedEvent> publishedEvents,
      SingleEvents matches,
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
      PublishRequest request, SingleEvents matches, List<Receipt> receipts) {
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

  /// Collects the receipt of one object of a request.
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
