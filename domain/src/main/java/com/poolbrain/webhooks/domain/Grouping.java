package com.poolbrain.webhooks.domain;

import java.util.ArrayList;
import java.util.List;

/// How items that belong together are cut into chunks, each of which travels in one envelope.
public final class Grouping {

  private Grouping() {}

  /// A run of items.
  ///
  /// @param from index of its first item
  /// @param to index after its last item
  public record Chunk(int from, int to) {

    /// How many items it has.
    public int size() {
      return to - from;
    }
  }

  /// Cuts items, in their order, into the fewest chunks of at most [Limits#CHUNK_ITEMS] items and
  /// [Limits#CHUNK_BYTES] bytes of `data`.
  ///
  /// @param sizes bytes of each item; none is above [Limits#CHUNK_BYTES]
  public static List<Chunk> chunks(int[] sizes) {
    List<Chunk> chunks = new ArrayList<>();
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < sizes.length; i++) {
      long with = bytes + sizes[i] + 1L;
      boolean full = i - from == Limits.CHUNK_ITEMS || (i > from && with + 1 > Limits.CHUNK_BYTES);
      if (full) {
        chunks.add(new Chunk(from, i));
        from = i;
        with = sizes[i] + 1L;
      }
      bytes = with;
    }
    if (sizes.length > from) {
      chunks.add(new Chunk(from, sizes.length));
    }
    return chunks;
  }

  /// The `data` of a chunk: the item itself if it is alone, else an array of them.
  public static byte[] data(List<byte[]> items) {
    if (items.size() == 1) {
      return items.getFirst();
    }
    int length = items.size() + 1;
    for (byte[] item : items) {
      length += item.length;
    }
    byte[] data = new byte[length];
    int at = 0;
    for (byte[] item : items) {
      data[at] = (byte) (at == 0 ? '[' : ',');
      System.arraycopy(item, 0, data, at + 1, item.length);
      at += item.length + 1;
    }
    data[at] = ']';
    return data;
  }
}
