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
    assertThat(Grouping.splitIntoChunks(sizes))
        .containsExactly(new Chunk(0, 100), new Chunk(100, 200), new Chunk(200, 250));
  }

  @Test
  void no_items_make_no_chunk() {
    assertThat(Grouping.splitIntoChunks(new int[0])).isEmpty();
  }

  @Test
  void item_of_the_maximum_size_gets_its_own_chunk() {
    assertThat(Grouping.splitIntoChunks(new int[] {10, Limits.MAX_CHUNK_BYTES, 10}))
        .containsExactly(new Chunk(0, 1), new Chunk(1, 2), new Chunk(2, 3));
  }

  @Test
  void brackets_and_commas_count_towards_the_chunk_size() {
    int half = (Limits.MAX_CHUNK_BYTES - 3) / 2;
    assertThat(Grouping.splitIntoChunks(new int[] {half, Limits.MAX_CHUNK_BYTES - 3 - half}))
        .hasSize(1);
    assertThat(Grouping.splitIntoChunks(new int[] {half, Limits.MAX_CHUNK_BYTES - 2 - half}))
        .hasSize(2);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void chunks_keep_item_order_and_are_filled_up_to_the_limits(long seed) {
    var random = new SplittableRandom(seed);
    int[] sizes =
        random.ints(random.nextInt(1, 400), 2, random.nextInt(3, Limits.MAX_CHUNK_BYTES)).toArray();
    int next = 0;
    for (Chunk chunk : Grouping.splitIntoChunks(sizes)) {
      assertThat(chunk.from()).isEqualTo(next);
      next = chunk.to();
      assertThat(chunk.size()).isBetween(1, Limits.MAX_CHUNK_ITEMS);
      assertThat(joinedLength(sizes, chunk.from(), next))
          .isLessThanOrEqualTo(Limits.MAX_CHUNK_BYTES);
      boolean hasMoreItems = next < sizes.length && chunk.size() < Limits.MAX_CHUNK_ITEMS;
      assertThat(
              hasMoreItems && joinedLength(sizes, chunk.from(), next + 1) <= Limits.MAX_CHUNK_BYTES)
          .isFalse();
    }
    assertThat(next).isEqualTo(sizes.length);
  }

  @Test
  void data_of_one_item_is_an_object_and_of_several_an_array() {
    assertThat(joinItems("{}")).isEqualTo("{}");
    assertThat(joinItems("{\"a\":1}", "{}", "{\"b\":2}")).isEqualTo("[{\"a\":1},{},{\"b\":2}]");
  }

  private static String joinItems(String... items) {
    List<byte[]> bytes =
        Stream.of(items).map(item -> item.getBytes(StandardCharsets.US_ASCII)).toList();
    return new String(Grouping.joinItems(bytes), StandardCharsets.US_ASCII);
  }

  private static int joinedLength(int[] sizes, int from, int to) {
    List<byte[]> items = new ArrayList<>();
    for (int i = from; i < to; i++) {
      items.add(new byte[sizes[i]]);
    }
    return Grouping.joinItems(items).length;
  }
}
