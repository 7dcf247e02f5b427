package com.poolbrain.webhooks.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.http.share.FairExecutor;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Bodies that are too large to be read field by field.
class JsonFieldsTest {

  private static final int MAX_BYTES = 1024 * 1024;

  @Test
  void at_most_one_hundred_unknown_fields_are_named() {
    String body =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "\"field%d\": 0".formatted(i))
            .collect(Collectors.joining(",", "{", "}"));

    Problem problem = rejectionOf(body);

    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors()).hasSize(100);
  }

  @Test
  void object_of_more_than_a_thousand_fields_is_422() {
    String body =
        IntStream.range(0, 1_001)
            .mapToObj(i -> "\"field%d\": 0".formatted(i))
            .collect(Collectors.joining(",", "{", "}"));

    Problem problem = rejectionOf(body);

    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.detail()).isEqualTo("This object has more than 1000 keys.");
  }

  @Test
  void body_of_one_mebibyte_is_read_and_one_byte_more_is_413() {
    String largestBody = "{" + " ".repeat(MAX_BYTES - 2) + "}";

    request(largestBody).jsonFields().rejectInvalid();
    assertThat(rejectionOf(largestBody + " ").type()).isEqualTo(ProblemType.TOO_LARGE);
  }

  private static Problem rejectionOf(String body) {
    return catchThrowableOfType(
            ProblemException.class, () -> request(body).jsonFields().rejectInvalid())
        .problem();
  }

  private static Request request(String body) {
    var largeBodies = new FairExecutor(Runnable::run, 1, 1);
    return new Request(
        null,
        InetAddress::getLoopbackAddress,
        "POST",
        Map.of(),
        "",
        _ -> List.of(),
        body.getBytes(UTF_8),
        new BodyParsing(largeBodies, "sender"));
  }
}
