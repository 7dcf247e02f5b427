package com.poolbrain.webhooks.signature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds this module to vectors that were made with the Python function of the consumer guide.
class VectorsTest {

  record Vector(String name, String secret, String bodyBase64, String signature) {

    static Vector of(JsonNode json) {
      return new Vector(
          json.get("name").asString(),
          json.get("secret").asString(),
          json.get("body_base64").asString(),
          json.get("signature").asString());
    }

    Verification verified() {
      return new Verifier(Secret.parse(secret)).verify(signature, body());
    }

    byte[] body() {
      return Base64.getDecoder().decode(bodyBase64);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Vector> valid() throws IOException {
    return vectors("valid").toList();
  }

  static List<Vector> notValid() throws IOException {
    return Stream.concat(vectors("invalid"), vectors("receiver_may_accept")).toList();
  }

  static Stream<Vector> vectors(String group) throws IOException {
    try (InputStream file = VectorsTest.class.getResourceAsStream("/vectors/signature.json")) {
      return JsonMapper.shared()
          .readTree(requireNonNull(file))
          .get(group)
          .valueStream()
          .map(Vector::of);
    }
  }

  @Test
  void noVectorIsForgotten() throws IOException {
    assertThat(valid()).hasSize(9);
    assertThat(notValid()).hasSize(11);
  }

  @ParameterizedTest
  @MethodSource("valid")
  void isSignedAsByTheGuide(Vector vector) {
    assertThat(new Signer(Secret.parse(vector.secret())).sign(vector.body()))
        .isEqualTo(vector.signature());
    assertThat(vector.verified()).isEqualTo(Verification.MATCHES);
  }

  @ParameterizedTest
  @MethodSource("notValid")
  void isRefusedWithItsReason(Vector vector) {
    Verification reason =
        switch (vector.name()) {
          case "truncated signature" -> Verification.WRONG_LENGTH;
          case "empty signature" -> Verification.MISSING;
          case "not hex" -> Verification.NOT_HEX;
          case "base64 in place of hex" -> Verification.BASE64;
          case "upper-case hex" -> Verification.UPPER_CASE;
          case "sha256= prefix" -> Verification.HAS_PREFIX;
          case "surrounding spaces" -> Verification.WHITE_SPACE;
          default -> Verification.MISMATCH;
        };
    assertThat(vector.verified()).isEqualTo(reason);
    assertThat(vector.verified().matches()).isFalse();
  }
}
