package com.poolbrain.webhooks.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventMarkersTest {

  private final EventMarkers markers = new EventMarkers(0xABCD);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 42, 999_999_999})
  void marker_is_found_at_any_position(int number) {
    byte[] body =
        ("{\"b\":\"babcd\",\"id\":\"" + "_".repeat(EventMarkers.MARKER_LENGTH) + "\"}")
            .getBytes(US_ASCII);
    markers.writeMarker(number, body, 19);

    assertThat(markers.findNumber(body, 0, body.length)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "babcd", "b0000z000000001", "babcdz00000001"})
  void text_without_a_marker_of_this_run_yields_minus_one(String text) {
    byte[] body = text.getBytes(US_ASCII);

    assertThat(markers.findNumber(body, 0, body.length)).isEqualTo(-1);
  }
}
