package com.poolbrain.webhooks.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

  @TempDir private Path folder;

  private Path file(String json) throws IOException {
    return Files.writeString(folder.resolve("target.json"), json);
  }

  @Test
  void aTargetBecomesRequestsThatBearItsIds() throws IOException {
    Target target =
        Target.read(
            file(
                """
                {"publish_url": "http://localhost:8080/publish?a=b", "headers": {"X-Key": "k"},
                 "body": {"id": "{{ID}}", "at": "{{TS}}"}}\
                """));
    Marks marks = new Marks(1);

    Template template = new Template(target, marks, Instant.EPOCH);
    String request = new String(template.request(7), StandardCharsets.UTF_8);

    assertThat(request)
        .startsWith("POST /publish?a=b HTTP/1.1\r\nHost: localhost:8080\r\n")
        .contains("X-Key: k\r\n", "\"at\":\"1970-01-01T00:00:00.000000Z\"");
    byte[] bytes = template.request(7);
    assertThat(marks.find(bytes, 0, bytes.length)).isEqualTo(7);
  }

  @Test
  void aTypeOfContentThatTheTargetNamesReplacesOurs() throws IOException {
    Target target =
        Target.read(
            file(
                """
                {"publish_url": "http://a/", "headers": {"content-type": "text/plain"}, "body": "{{ID}}"}\
                """));

    String request =
        new String(
            new Template(target, new Marks(1), Instant.EPOCH).request(0), StandardCharsets.UTF_8);

    assertThat(request).contains("content-type: text/plain\r\n").doesNotContain("application/json");
  }

  @Test
  void aFileThatIsNotThereIsSaidInWords() {
    assertThatThrownBy(() -> Target.read(folder.resolve("none.json")))
        .isInstanceOf(IOException.class)
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
  void whatIsWrongWithAFileIsSaidInWords(String json, String words) throws IOException {
    Path file = file(json);

    assertThatThrownBy(() -> Target.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("target.json");
  }
}
