package com.poolbrain.webhooks.domain;

import java.util.ArrayList;
import java.util.List;

/// Splits the items of a group into chunks, each of which is sent in one envelope.
public final class Grouping {

  private Grouping() {}

  /// Consecutive items.
  ///
  /// @param from index of the first item
  /// @param to index after the last item
  public record Chunk(int from, int to) {

    /// The number of items.
    public int size() {
      return to - from;
    }
  }

  /// Splits items, in their order, into the fewest chunks of at most [Limits#MAX_CHUNK_ITEMS] items
  /// and [Limits#MAX_CHUNK_BYTES] bytes of `data`.
  ///
  /// @param sizes bytes of each item, at most [Limits#MAX_CHUNK_BYTES]
  public static List<Chunk> splitIntoChunks(int[] sizes) {
    List<Chunk> chunks = new ArrayList<>();
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < sizes.length; i++) {
      long bytesWithItem = bytes + sizes[i] + 1L;
      boolean isFull =
          i - from == Limits.MAX_CHUNK_ITEMS
              || (i > from && bytesWithItem + 1 > Limits.MAX_CHUNK_BYTES);
      if (isFull) {
        chunks.add(new Chunk(from, i));
        from = i;
        bytesWithItem = sizes[i] + 1L;
      }
      bytes = bytesWithItem;
    }
    if (sizes.length > from) {
      chunks.add(new Chunk(from, sizes.length));
    }
    return chunks;
  }

  /// The `data` of a chunk: the item itself if there is one only, else an array of the items.
  public static byte[] joinItems(List<byte[]> items) {
    if (items.size() == 1) {
      return items.getFirst();
    }
    int length = items.size() + 1;
    for (byte[] item : items) {
      length += item.length;
    }
    byte[] data = new byte[length];
    int position = 0;
    for (byte[] item : items) {
      data[position] = (byte) (position == 0 ? '[' : ',');
      System.arraycopy(item, 0, data, position + 1, item.length);
      position += item.length + 1;
    }
    data[position] = ']';
    return data;
  }
}
