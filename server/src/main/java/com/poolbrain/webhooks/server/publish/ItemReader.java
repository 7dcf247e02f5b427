package com.poolbrain.webhooks.server.publish;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.engine.Part;
import com.poolbrain.webhooks.events.CheckedItem;
import com.poolbrain.webhooks.events.DataCheck;
import com.poolbrain.webhooks.events.DataSchema;
import com.poolbrain.webhooks.events.Problems;
import com.poolbrain.webhooks.events.StrictJson;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonToken;

/// Reads the `data` of events: one object, or an array of them.
final class ItemReader {

  private final Problems problems;
  private final DataCheck check;
  private int count;

  ItemReader(Problems problems) {
    this.problems = problems;
    this.check = new DataCheck(problems);
  }

  /// Reads the value that the walk stands on; the walk moves to its end. Where something is wrong
  /// there is at least one problem more than before.
  List<Part.Item> read(StrictJson json, DataSchema schema) {
    List<Part.Item> items = new ArrayList<>(1);
    if (json.token() != JsonToken.START_ARRAY) {
      add(json, schema, items);
      return items;
    }
    int before = count;
    while (json.next() != JsonToken.END_ARRAY) {
      add(json, schema, items);
    }
    if (count == before) {
      problems.add(json.pointer(), "Must hold at least one object; the array is empty.");
    }
    return items;
  }

  /// The same for a value that was copied before its type was known.
  ///
  /// @param pointer where it was
  List<Part.Item> readCopy(byte[] ascii, String pointer, DataSchema schema) {
    try (StrictJson json = StrictJson.open(ascii, pointer)) {
      json.next();
      return read(json, schema);
    }
  }

  private void add(StrictJson json, DataSchema schema, List<Part.Item> items) {
    if (++count > Limits.REQUEST_ITEMS) {
      throw new Refusal(
          Problem.invalid(
              json.pointer(),
              "Send at most %d items in a request; send several requests."
                  .formatted(Limits.REQUEST_ITEMS)));
    }
    CheckedItem item = check.read(json, schema);
    if (item == null) {
      return;
    }
    if (item.ascii().length > Limits.CHUNK_BYTES) {
      problems.add(
          json.pointer(),
          "Has %d bytes when every character outside ASCII is escaped; at most %d are sent."
              .formatted(item.ascii().length, Limits.CHUNK_BYTES));
      return;
    }
    items.add(new Part.Item(item.ascii(), searchable(item.searchReferences())));
  }

  /// Nobody can type the others, and the store can't hold all of them.
  private static List<String> searchable(List<String> references) {
    return references.stream()
        .filter(reference -> reference.codePoints().noneMatch(PartReader::isNoText))
        .toList();
  }
}
