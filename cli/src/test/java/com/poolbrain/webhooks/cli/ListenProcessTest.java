package com.poolbrain.webhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `listen` as a process of its own, asked by curl.
class ListenProcessTest {

  private static final String SECRET = "whsec_of_the_process_test";
  private static final String BODY =
      "{\"id\":\"0192\",\"event\":\"customer.created\",\"company_id\":40,\"timestamp\":\"t\","
          + "\"data\":[{\"customerId\":1},{\"customerId\":2},{\"customerId\":3},"
          + "{\"customerId\":4}]}";

  @TempDir private Path folder;

  @Test
  @Tag("needs-programs")
  void curl_request_trusting_the_ca_file_is_answered_and_printed() throws Exception {
    Process process = startListen("--fail", "1", "--status", "500");
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String url = readUrl(out);

      assertThat(curl(url)).isEqualTo("500");
      assertThat(curl(url)).isEqualTo("200");

      readUntil(out, "refused on request, answered 500");
      readUntil(out, "processed, answered 200");
      assertThat(readUntil(out, "4 in all"))
          .anyMatch(line -> line.contains("id 0192") && line.contains("company 40"))
          .anyMatch(line -> line.contains("signature matches"))
          .anyMatch(line -> line.contains("{\"customerId\":3}"))
          .noneMatch(line -> line.contains("{\"customerId\":4}"));
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void occupied_port_is_reported_in_one_line() throws Exception {
    try (ServerSocket occupiedPort = new ServerSocket(0)) {
      ProcessResult result =
          ProcessResult.run(
              "listen",
              "--host=0.0.0.0",
              "--port=" + occupiedPort.getLocalPort(),
              "--ca-file=" + folder.resolve("ca.pem"));

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("--port").hasLineCount(1);
    }
  }

  private Process startListen(String... options) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "listen",
            "--port=0",
            "--secret=" + SECRET,
            "--ca-file=" + folder.resolve("ca.pem"));
    return new ProcessBuilder(Stream.concat(command.stream(), Stream.of(options)).toList())
        .redirectErrorStream(true)
        .start();
  }

  private static String readUrl(BufferedReader out) throws IOException {
    String line = readUntil(out, "Listening on").getLast();
    Matcher url = Pattern.compile("https://\\S+").matcher(line);
    assertThat(url.find()).as(line).isTrue();
    return url.group();
  }

  private static List<String> readUntil(BufferedReader out, String text) throws IOException {
    List<String> lines = new ArrayList<>();
    String line;
    while ((line = out.readLine()) != null) {
      lines.add(line);
      if (line.contains(text)) {
        return lines;
      }
    }
    throw new AssertionError("'" + text + "' never came: " + lines);
  }

  private String curl(String url) throws IOException, InterruptedException {
    String signature = new Signer(Secret.parse(SECRET)).sign(BODY.getBytes(UTF_8));
    Process curl =
        new ProcessBuilder(
                List.of(
                    "curl",
                    "-sS",
                    "--noproxy",
                    "*",
                    "--cacert",
                    folder.resolve("ca.pem").toString(),
                    "-o",
                    "/dev/null",
                    "-w",
                    "%{http_code}",
                    "-H",
                    "X-Webhook-Signature: " + signature,
                    "--data-raw",
                    BODY,
                    url))
            .redirectErrorStream(true)
            .start();
    String status = new String(curl.getInputStream().readAllBytes(), UTF_8);
    curl.waitFor();
    return status;
  }
}
