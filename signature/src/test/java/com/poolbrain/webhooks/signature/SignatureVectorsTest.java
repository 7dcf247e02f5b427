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

/// Verifies vectors that were created with the Python function of the consumer guide.
class SignatureVectorsTest {

  record Vector(String name, String secret, String bodyBase64, String signature) {

    static Vector of(JsonNode json) {
      return new Vector(
          json.get("name").asString(),
          json.get("secret").asString(),
          json.get("body_base64").asString(),
          json.get("signature").asString());
    }

    VerificationResult verify() {
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
    try (InputStream file =
        SignatureVectorsTest.class.getResourceAsStream("/vectors/signature.json")) {
      return JsonMapper.shared()
          .readTree(requireNonNull(file))
          .get(group)
          .valueStream()
          .map(Vector::of);
    }
  }

  @Test
  void all_vectors_are_loaded() throws IOException {
    assertThat(valid()).hasSize(9);
    assertThat(notValid()).hasSize(11);
  }

  @ParameterizedTest
  @MethodSource("valid")
  void signature_matches_the_guide(Vector vector) {
    assertThat(new Signer(Secret.parse(vector.secret())).sign(vector.body()))
        .isEqualTo(vector.signature());
    assertThat(vector.verify()).isEqualTo(VerificationResult.MATCHES);
  }

  @ParameterizedTest
  @MethodSource("notValid")
  void invalid_signature_is_rejected_with_its_reason(Vector vector) {
    VerificationResult reason =
        switch (vector.name()) {
          case "truncated signature" -> VerificationResult.WRONG_LENGTH;
          case "empty signature" -> VerificationResult.SIGNATURE_MISSING;
          case "not hex" -> VerificationResult.NOT_HEX;
          case "base64 in place of hex" -> VerificationResult.BASE64;
          case "upper-case hex" -> VerificationResult.UPPER_CASE;
          case "sha256= prefix" -> VerificationResult.HAS_PREFIX;
          case "surrounding spaces" -> VerificationResult.HAS_WHITE_SPACE;
          default -> VerificationResult.MISMATCH;
        };
    assertThat(vector.verify()).isEqualTo(reason);
    assertThat(vector.verify().matches()).isFalse();
  }
}
