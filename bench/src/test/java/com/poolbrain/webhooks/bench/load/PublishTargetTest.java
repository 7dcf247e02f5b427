package com.poolbrain.webhooks.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishTargetTest {

  @TempDir private Path folder;

  private Path writeTargetFile(String json) throws IOException {
    return Files.writeString(folder.resolve("target.json"), json);
  }

  @Test
  void requests_of_a_target_contain_headers_time_and_marker() throws IOException {
    PublishTarget target =
        PublishTarget.read(
            writeTargetFile(
                """
                {"publish_url": "http://localhost:8080/publish?a=b", "headers": {"X-Key": "k"},
                 "body": {"id": "{{ID}}", "at": "{{TS}}"}}\
                """));
    EventMarkers markers = new EventMarkers(1);

    RequestTemplate template = new RequestTemplate(target, markers, Instant.EPOCH);
    String request = new String(template.request(7), StandardCharsets.UTF_8);

    assertThat(request)
        .startsWith("POST /publish?a=b HTTP/1.1\r\nHost: localhost:8080\r\n")
        .contains("X-Key: k\r\n", "\"at\":\"1970-01-01T00:00:00.000000Z\"");
    byte[] bytes = template.request(7);
    assertThat(markers.findNumber(bytes, 0, bytes.length)).isEqualTo(7);
  }

  @Test
  void content_type_of_the_target_replaces_the_default() throws IOException {
    PublishTarget target =
        PublishTarget.read(
            writeTargetFile(
                """
                {"publish_url": "http://a/", "headers": {"content-type": "text/plain"}, "body": "{{ID}}"}\
                """));

    String request =
        new String(
            new RequestTemplate(target, new EventMarkers(1), Instant.EPOCH).request(0),
            StandardCharsets.UTF_8);

    assertThat(request).contains("content-type: text/plain\r\n").doesNotContain("application/json");
  }

  @Test
  void missing_target_file_is_named_in_the_error() {
    assertThatThrownBy(() -> PublishTarget.read(folder.resolve("none.json")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("none.json: there is no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | expected {\"publish_url\"",
        "{\"publish_url\": \"http://a/\", \"body\": \"x\"} | has no {{ID}}",
        "{\"publish_url\": \"ftp://a/\", \"body\": \"{{ID}}\"} | http:// or https://",
        "{\"body\": \"{{ID}}\"} | http:// or https://",
        "{\"publish_url\": \"http://a/\", \"body\": \"{{ID}} {{ID}}\"} | has several {{ID}}",
        "{\"url\": \"http://a/\", \"body\": \"{{ID}}\"} | not \"url\"",
        "{\"publish_url\": \"http://a/\", \"headers\": [], \"body\": \"{{ID}}\"} | an object of strings",
        "{\"publish_url\": \"http://a/\", \"headers\": {\"Host\": \"b\"}, \"body\": \"{{ID}}\"} | leave out",
        "{\"publish_url\": \"http://a/\", \"headers\": {\"A\": \"\\n\"}, \"body\": \"{{ID}}\"} | one line",
        "[] | expected {\"publish_url\"",
      })
  void invalid_target_file_is_refused_with_the_reason(String json, String words)
      throws IOException {
    Path file = writeTargetFile(json);

    assertThatThrownBy(() -> PublishTarget.read(file))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("target.json");
  }
}
