package com.poolbrain.webhooks.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/// The description of the settings, which editors show, has each setting.
class MetadataTest {

  private static final String PREFIX = "poolbrain.webhooks.";

  @Test
  void metadata_describes_every_property() throws Exception {
    Map<String, Object> metadata;
    try (InputStream file =
        WebhookProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      String json = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
      metadata = JsonParserFactory.getJsonParser().parseMap(json);
    }

    assertThat((List<?>) metadata.get("properties"))
        .map(property -> (Map<?, ?>) property)
        .map(property -> property.get("name") + " " + property.get("type"))
        .filteredOn(property -> property.startsWith(PREFIX))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(WebhookProperties.class.getRecordComponents())
                .map(MetadataTest::describe)
                .toList());
  }

  private static String describe(RecordComponent component) {
    return PREFIX + component.getName() + " " + component.getGenericType().getTypeName();
  }
}
