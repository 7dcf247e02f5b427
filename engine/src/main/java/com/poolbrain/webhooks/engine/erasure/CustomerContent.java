package com.poolbrain.webhooks.engine.erasure;

import com.poolbrain.webhooks.events.AsciiJsonCopier;
import com.poolbrain.webhooks.events.DataItem;
import com.poolbrain.webhooks.events.StrictJsonReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// The items of an event's data that have one customer's id as `customerId`.
public final class CustomerContent {

  private static final String CUSTOMER_ID = "customerId";
  private static final byte[] KEY = ('"' + CUSTOMER_ID + "\":").getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final String customerId;
  private final ByteArrayOutputStream erasedData = new ByteArrayOutputStream();
  private final Set<String> removedValues = new HashSet<>();
  private final Set<String> keptValues = new HashSet<>();
  private int erasedItems;

  private CustomerContent(String customerId) {
    this.customerId = customerId;
  }

  /// Data without the content about a customer.
  ///
  /// @param data as it is stored, with `null` in the place of each erased item
  /// @param removedValues values of the erased items, as text, that no other item has
  public record Erased(byte[] data, Set<String> removedValues) {}

  /// Whether the data has an item about that customer.
  ///
  /// @param data an object or an array of objects, compact JSON in ASCII
  public static boolean isIn(byte[] data, String customerId) {
    return erase(data, customerId) != null;
  }

  /// Erases the items about a customer; null if there are none.
  ///
  /// @param data an object or an array of objects, compact JSON in ASCII
  public static @Nullable Erased erase(byte[] data, String customerId) {
    return hasKey(data) ? new CustomerContent(customerId).erase(data) : null;
  }

  /// Most data has no customer, and is not parsed.
  private static boolean hasKey(byte[] data) {
    for (int i = 0; i <= data.length - KEY.length; i++) {
      int matching = 0;
      while (matching < KEY.length && data[i + matching] == KEY[matching]) {
        matching++;
      }
      if (matching == KEY.length) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Erased erase(byte[] data) {
    try (StrictJsonReader json = StrictJsonReader.open(data)) {
      if (json.next() == JsonToken.START_ARRAY) {
        char separator = '[';
        while (json.next() != JsonToken.END_ARRAY) {
          erasedData.write(separator);
          addItem(new AsciiJsonCopier().copy(json));
          separator = ',';
        }
        erasedData.write(']');
      } else {
        addItem(new AsciiJsonCopier().copy(json));
      }
    }
    removedValues.removeAll(keptValues);
    return erasedItems == 0
        ? null
        : new Erased(erasedData.toByteArray(), Set.copyOf(removedValues));
  }

  private void addItem(byte[] json) {
    if (json[0] != '{') { // erased already
      erasedData.writeBytes(json);
      return;
    }
    DataItem item = DataItem.parse(new String(json, StandardCharsets.US_ASCII));
    Object customer = item.fields().get(CUSTOMER_ID);
    boolean isErased = customer != null && customerId.equals(customer.toString());
    erasedItems += isErased ? 1 : 0;
    item.fields().values().stream()
        .map(String::valueOf)
        .forEach((isErased ? removedValues : keptValues)::add);
    erasedData.writeBytes(isErased ? NULL : json);
  }
}
