package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Grouping;
import com.poolbrain.webhooks.domain.Grouping.Chunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// Which items of one request travel together, and in which order. Items of the same company, type
/// and operation become chunks, if the type may be grouped; all others travel alone.
final class Bundles {

  private Bundles() {}

  /// An item with the object that it came in.
  ///
  /// @param index of the object in its request
  record Piece(int index, Part part, Part.Item item) {}

  private record Tie(long companyId, String type, Object operation) {}

  /// Lists of items, each of which becomes one event.
  ///
  /// @param skip whether an object is left out, by its index
  static List<List<Piece>> of(List<Part> parts, IntPredicate skip) {
    Map<Tie, List<Piece>> tied = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      if (!skip.test(i)) {
        Part part = parts.get(i);
        Object operation = part.operation() == null ? i : part.operation();
        Tie tie = new Tie(part.companyId(), part.type().name(), operation);
        List<Piece> pieces = tied.computeIfAbsent(tie, _ -> new ArrayList<>());
        for (Part.Item item : part.items()) {
          pieces.add(new Piece(i, part, item));
        }
      }
    }
    List<List<Piece>> bundles = new ArrayList<>();
    for (List<Piece> pieces : tied.values()) {
      if (pieces.getFirst().part().type().mayBeGrouped()) {
        int[] sizes = pieces.stream().mapToInt(piece -> piece.item().data().length).toArray();
        for (Chunk chunk : Grouping.chunks(sizes)) {
          bundles.add(pieces.subList(chunk.from(), chunk.to()));
        }
      } else {
        pieces.forEach(piece -> bundles.add(List.of(piece)));
      }
    }
    return bundles;
  }
}
