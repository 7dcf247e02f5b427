package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.domain.Grouping;
import com.poolbrain.webhooks.domain.Grouping.Chunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// Groups the items of one request into events. Items of the same company, type and operation
/// become chunks if the type may be grouped. Every other item becomes an event of its own.
final class EventGrouper {

  private EventGrouper() {}

  /// An item with the object that it came in.
  ///
  /// @param eventIndex of the object in its request
  record GroupedItem(int eventIndex, PublishedEvent event, PublishedEvent.EventItem eventItem) {}

  private record GroupKey(long companyId, String type, Object operation) {}

  /// Lists of items, each of which becomes one event.
  ///
  /// @param isExcluded whether an object is left out, by its index
  static List<List<GroupedItem>> group(List<PublishedEvent> events, IntPredicate isExcluded) {
    Map<GroupKey, List<GroupedItem>> itemsByKey = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      if (!isExcluded.test(i)) {
        PublishedEvent event = events.get(i);
        Object operation = event.operation() == null ? i : event.operation();
        GroupKey key = new GroupKey(event.companyId(), event.type().name(), operation);
        List<GroupedItem> items = itemsByKey.computeIfAbsent(key, _ -> new ArrayList<>());
        for (PublishedEvent.EventItem eventItem : event.items()) {
          items.add(new GroupedItem(i, event, eventItem));
        }
      }
    }
    List<List<GroupedItem>> groups = new ArrayList<>();
    for (List<GroupedItem> items : itemsByKey.values()) {
      if (items.getFirst().event().type().mayBeGrouped()) {
        int[] sizes =
            items.stream().mapToInt(groupedItem -> groupedItem.eventItem().data().length).toArray();
        for (Chunk chunk : Grouping.splitIntoChunks(sizes)) {
          groups.add(items.subList(chunk.from(), chunk.to()));
        }
      } else {
        items.forEach(groupedItem -> groups.add(List.of(groupedItem)));
      }
    }
    return groups;
  }
}
