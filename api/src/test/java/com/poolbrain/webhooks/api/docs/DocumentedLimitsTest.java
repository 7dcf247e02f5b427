package com.poolbrain.webhooks.api.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.events.EventCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The limits in the OpenAPI document are those of the code.
class DocumentedLimitsTest {

  private static String template() throws IOException {
    try (InputStream in = DocumentedLimits.class.getResourceAsStream("openapi.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }

  @Test
  void every_limit_stands_in_the_document() throws IOException {
    String template = template();
    assertThat(DocumentedLimits.BY_NAME.keySet())
        .allSatisfy(name -> assertThat(template).contains("${" + name + "}"));
  }

  @Test
  void document_has_no_limit_of_its_own() throws IOException {
    assertThat(template())
        .doesNotContainPattern(
            "\"(maximum|maxLength|maxItems|minLength|minimum)\": ([2-9]|[0-9]{2})");
  }

  @Test
  void limit_is_a_number_where_it_stands_alone_and_readable_in_a_sentence() {
    assertThat(DocumentedLimits.fillIn("{\"maxItems\": \"${request.max_objects}\"}"))
        .isEqualTo("{\"maxItems\": 1000}");
    assertThat(DocumentedLimits.fillIn("\"up to ${request.max_objects} events\""))
        .isEqualTo("\"up to 1,000 events\"");
    assertThat(DocumentedLimits.fillIn("\"${idempotency_key.pattern}\"")).isEqualTo("\"^[!-~]*$\"");
    assertThatThrownBy(() -> DocumentedLimits.fillIn("\"${none}\"")).hasMessageContaining("none");
  }

  @Test
  void document_has_no_placeholder_left() {
    JsonNode document = OpenApiDocument.create(EventCatalogue.builtIn());
    for (String part : List.of("paths", "components", "webhooks")) {
      assertThat(document.get(part).toString().indexOf("${")).as(part).isNegative();
    }
  }
}
