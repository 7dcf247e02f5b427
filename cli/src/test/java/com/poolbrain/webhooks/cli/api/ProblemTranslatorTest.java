package com.poolbrain.webhooks.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ProblemTranslatorTest {

  private static final HttpRequest REQUEST =
      HttpRequest.newBuilder(URI.create("http://127.0.0.1:8080/api/v1/audit?limit=x")).build();

  @Test
  void each_error_names_its_field_or_query_parameter() {
    String problem =
        """
        {"detail": "Two values are wrong.", "errors": [
          {"parameter": "limit", "detail": "Must be a whole number."},
          {"pointer": "/url", "detail": "Must be an https URL."}]}
        """;

    assertThat(
            ProblemTranslator.toCommandException(
                REQUEST, 422, JsonMapper.shared().readTree(problem)))
        .hasMessage(
            """
            the service rejected GET /api/v1/audit (422): Two values are wrong.
              query parameter limit  Must be a whole number.
              /url  Must be an https URL.\
            """);
  }
}
