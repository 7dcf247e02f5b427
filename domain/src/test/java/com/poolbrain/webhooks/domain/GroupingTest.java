package com.poolbrain.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Grouping.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupingTest {

  @Test
  void two_hundred_and_fifty_small_items_make_three_chunks() {
    int[] sizes = new int[250];
    Arrays.fill(sizes, 60);
    assertThat(Grouping.chunks(sizes))
        .containsExactly(new Chunk(0, 100), new Chunk(100, 200), new Chunk(200, 250));
  }

  @Test
  void nothing_makes_no_chunk() {
    assertThat(Grouping.chunks(new int[0])).isEmpty();
  }

  @Test
  void the_largest_item_travels_alone() {
    assertThat(Grouping.chunks(new int[] {10, Limits.CHUNK_BYTES, 10}))
        .containsExactly(new Chunk(0, 1), new Chunk(1, 2), new Chunk(2, 3));
  }

  @Test
  void brackets_and_commas_count() {
    int half = (Limits.CHUNK_BYTES - 3) / 2;
    assertThat(Grouping.chunks(new int[] {half, Limits.CHUNK_BYTES - 3 - half})).hasSize(1);
    assertThat(Grouping.chunks(new int[] {half, Limits.CHUNK_BYTES - 2 - half})).hasSize(2);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void chunks_are_full_in_order_and_within_the_limits(long seed) {
    var random = new SplittableRandom(seed);
    int[] sizes =
        random.ints(random.nextInt(1, 400), 2, random.nextInt(3, Limits.CHUNK_BYTES)).toArray();
    int next = 0;
    for (Chunk chunk : Grouping.chunks(sizes)) {
      assertThat(chunk.from()).isEqualTo(next);
      next = chunk.to();
      assertThat(chunk.size()).isBetween(1, Limits.CHUNK_ITEMS);
      assertThat(bytes(sizes, chunk.from(), next)).isLessThanOrEqualTo(Limits.CHUNK_BYTES);
      boolean another = next < sizes.length && chunk.size() < Limits.CHUNK_ITEMS;
      assertThat(another && bytes(sizes, chunk.from(), next + 1) <= Limits.CHUNK_BYTES).isFalse();
    }
    assertThat(next).isEqualTo(sizes.length);
  }

  @Test
  void the_data_of_one_item_is_the_item_and_of_more_an_array() {
    assertThat(data("{}")).isEqualTo("{}");
    assertThat(data("{\"a\":1}", "{}", "{\"b\":2}")).isEqualTo("[{\"a\":1},{},{\"b\":2}]");
  }

  private static String data(String... items) {
    List<byte[]> bytes =
        Stream.of(items).map(item -> item.getBytes(StandardCharsets.US_ASCII)).toList();
    return new String(Grouping.data(bytes), StandardCharsets.US_ASCII);
  }

  private static int bytes(int[] sizes, int from, int to) {
    List<byte[]> items = new ArrayList<>();
    for (int i = from; i < to; i++) {
      items.add(new byte[sizes[i]]);
    }
    return Grouping.data(items).length;
  }
}
