package com.poolbrain.webhooks.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.poolbrain.webhooks.server.settings.LogFormat;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogConfiguratorTest {

  private static final Instant TIME = Instant.parse("2026-02-13T06:42:24.705Z");

  private final LoggerContext context = new LoggerContext();

  private String encode(LogFormat format) {
    LoggingEvent event =
        new LoggingEvent(
            "fqcn",
            context.getLogger("com.poolbrain.webhooks.Example"),
            Level.INFO,
            "The {} is available again.",
            null,
            new Object[] {"database"});
    event.setInstant(TIME);
    return new String(LogConfigurator.createEncoder(format, context).encode(event), UTF_8);
  }

  @Test
  void text_line_begins_with_date_time_and_offset() {
    String line = encode(LogFormat.TEXT);

    String time = line.substring(0, line.indexOf(' '));
    assertThat(OffsetDateTime.parse(time).toInstant()).isEqualTo(TIME);
    assertThat(line.substring(time.length()))
        .matches(" INFO  Example +The database is available again\\.\\R");
  }

  @Test
  void json_line_has_date_time_and_offset_and_the_message_with_its_arguments() {
    JsonNode line = JsonMapper.shared().readTree(encode(LogFormat.JSON));

    assertThat(OffsetDateTime.parse(line.path("time").asString()).toInstant()).isEqualTo(TIME);
    assertThat(line.path("level").asString()).isEqualTo("INFO");
    assertThat(line.path("formattedMessage").asString())
        .isEqualTo("The database is available again.");
  }
}
