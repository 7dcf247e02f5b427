package com.poolbrain.webhooks.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {

  private final Marks marks = new Marks(0xABCD);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 42, 999_999_999})
  void aMarkIsFoundWhereverItStands(int number) {
    byte[] body =
        ("{\"b\":\"babcd\",\"id\":\"" + "_".repeat(Marks.LENGTH) + "\"}").getBytes(US_ASCII);
    marks.write(number, body, 19);

    assertThat(marks.find(body, 0, body.length)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "babcd", "b0000z000000001", "babcdz00000001"})
  void whatIsNoneOfThisRunIsNotFound(String text) {
    byte[] body = text.getBytes(US_ASCII);

    assertThat(marks.find(body, 0, body.length)).isEqualTo(-1);
  }
}
