package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.Part;
import com.poolbrain.webhooks.engine.Submission;
import com.poolbrain.webhooks.engine.Submission.Repeatable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What publishers of a simulated world hand in. Each item bears a number of its own, so that it is
/// recognised wherever it arrives.
final class Submissions {

  private static final byte[] NUMBER = bytes("\"customerId\":");

  private int items;

  Submission one(long companyId, EventType type) {
    return new Submission(List.of(part(companyId, type, 1, null, null)), null);
  }

  /// A request that is recognised when it is repeated.
  static Submission keyed(List<Part> parts, String key) {
    StringBuilder content = new StringBuilder();
    parts.forEach(part -> content.append(content(part.items())));
    return new Submission(
        parts, new Repeatable(new IdempotencyKey("key:7", key), bytes(content.toString())));
  }

  Part part(
      long companyId, EventType type, int count, @Nullable String operation, @Nullable String key) {
    List<Part.Item> data = IntStream.range(0, count).mapToObj(_ -> item()).toList();
    Repeatable repeatable =
        key == null
            ? null
            : new Repeatable(new IdempotencyKey("company:" + companyId, key), bytes(content(data)));
    return new Part(companyId, type, null, operation, data, repeatable);
  }

  Part.Item item() {
    return item(0);
  }

  /// @param padding bytes that it has more than it needs
  Part.Item item(int padding) {
    int number = ++items;
    return new Part.Item(
        bytes("{\"customerId\":" + number + ",\"displayName\":\"" + "x".repeat(padding) + "\"}"),
        List.of(Integer.toString(number)));
  }

  /// The numbers of all items in some `data`.
  static List<Integer> numbers(byte[] data) {
    List<Integer> numbers = new ArrayList<>(2);
    for (int i = 0; i + NUMBER.length < data.length; i++) {
      if (Arrays.mismatch(data, i, data.length, NUMBER, 0, NUMBER.length) == NUMBER.length) {
        numbers.add(number(data, i + NUMBER.length));
      }
    }
    return numbers;
  }

  private static int number(byte[] data, int from) {
    int number = 0;
    for (int i = from; data[i] >= '0' && data[i] <= '9'; i++) {
      number = number * 10 + data[i] - '0';
    }
    return number;
  }

  /// The number of an item.
  static int number(Part.Item item) {
    return number(item.data(), NUMBER.length + 1);
  }

  private static String content(List<Part.Item> items) {
    return items.stream()
        .map(item -> new String(item.data(), StandardCharsets.US_ASCII))
        .collect(Collectors.joining(","));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
