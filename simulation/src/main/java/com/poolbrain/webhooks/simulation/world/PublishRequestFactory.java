package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishRequest.IdempotentRequest;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Creates publish requests. Every item carries a number of its own, so that requests and events
/// can be traced back to it.
public final class PublishRequestFactory {

  private static final byte[] NUMBER_PREFIX = bytes("\"customerId\":");

  private int itemCount;

  /// A request with an idempotency key for all of its events.
  public static PublishRequest withIdempotencyKey(
      List<PublishedEvent> publishedEvents, String key) {
    StringBuilder content = new StringBuilder();
    publishedEvents.forEach(publishedEvent -> content.append(joinedData(publishedEvent.items())));
    return new PublishRequest(
        publishedEvents,
        new IdempotentRequest(new IdempotencyKey("key:7", key), bytes(content.toString())));
  }

  /// An event with new items.
  ///
  /// @param key an idempotency key for this event alone
  public PublishedEvent publishedEvent(
      long companyId, EventType type, int count, @Nullable String operation, @Nullable String key) {
    List<PublishedEvent.EventItem> data = IntStream.range(0, count).mapToObj(_ -> item(0)).toList();
    IdempotentRequest idempotentRequest =
        key == null
            ? null
            : new IdempotentRequest(
                new IdempotencyKey("company:" + companyId, key), bytes(joinedData(data)));
    return new PublishedEvent(companyId, type, null, operation, data, idempotentRequest);
  }

  /// A new item.
  ///
  /// @param padding the length of its display name
  public PublishedEvent.EventItem item(int padding) {
    int number = ++itemCount;
    return new PublishedEvent.EventItem(
        bytes("{\"customerId\":" + number + ",\"displayName\":\"" + "x".repeat(padding) + "\"}"),
        List.of(Integer.toString(number)));
  }

  /// The item of a test delivery. It carries no number.
  public static PublishedEvent.EventItem testItem() {
    return new PublishedEvent.EventItem(bytes("{}"), List.of());
  }

  /// The numbers of all items in the `data` of an event.
  public static List<Integer> itemNumbers(byte[] data) {
    List<Integer> numbers = new ArrayList<>(2);
    for (int i = 0; i + NUMBER_PREFIX.length < data.length; i++) {
      if (Arrays.mismatch(data, i, data.length, NUMBER_PREFIX, 0, NUMBER_PREFIX.length)
          == NUMBER_PREFIX.length) {
        numbers.add(itemNumber(data, i + NUMBER_PREFIX.length));
      }
    }
    return numbers;
  }

  private static int itemNumber(byte[] data, int start) {
    int number = 0;
    for (int i = start; data[i] >= '0' && data[i] <= '9'; i++) {
      number = number * 10 + data[i] - '0';
    }
    return number;
  }

  /// The number of an item.
  public static int itemNumber(PublishedEvent.EventItem eventItem) {
    return itemNumber(eventItem.data(), NUMBER_PREFIX.length + 1);
  }

  private static String joinedData(List<PublishedEvent.EventItem> items) {
    return items.stream()
        .map(eventItem -> new String(eventItem.data(), StandardCharsets.US_ASCII))
        .collect(Collectors.joining(","));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
