package com.poolbrain.webhooks.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is too much of a body that is read field by field.
class FieldsTest {

  private static final int ROOM = 1024 * 1024;

  @Test
  void oneOfAMillionUnknownFieldsIsToldAsWellAsAHundred() {
    String body =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "\"field%d\": 0".formatted(i))
            .collect(Collectors.joining(",", "{", "}"));

    Problem problem = refused(body);

    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors()).hasSize(100);
  }

  @Test
  void aBodyOfOneMebibyteIsReadAndOneOfAByteMoreIs413() {
    String most = "{" + " ".repeat(ROOM - 2) + "}";

    request(most).fields().end();
    assertThat(refused(most + " ").type()).isEqualTo(ProblemType.TOO_LARGE);
  }

  private static Problem refused(String body) {
    return catchThrowableOfType(Refusal.class, () -> request(body).fields().end()).problem();
  }

  private static Request request(String body) {
    return new Request(Caller.NOBODY, Map.of(), "", _ -> null, body.getBytes(UTF_8));
  }
}
