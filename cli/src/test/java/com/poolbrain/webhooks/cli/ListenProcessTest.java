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
  void curlThatTrustsTheCaFileIsServedAndShown() throws Exception {
    Process process = listen("--fail", "1", "--status", "500");
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String url = url(out);

      assertThat(curl(url)).isEqualTo("500");
      assertThat(curl(url)).isEqualTo("200");

      until(out, "refused on request, answered 500");
      until(out, "processed, answered 200");
      assertThat(until(out, "4 in all"))
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
  void aPortThatIsTakenIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Run run =
          Run.of(
              "listen",
              "--host=0.0.0.0",
              "--port=" + taken.getLocalPort(),
              "--ca-file=" + folder.resolve("ca.pem"));

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("--port").hasLineCount(1);
    }
  }

  private Process listen(String... options) throws IOException {
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

  private static String url(BufferedReader out) throws IOException {
    String line = until(out, "Listening on").getLast();
    Matcher url = Pattern.compile("https://\\S+").matcher(line);
    assertThat(url.find()).as(line).isTrue();
    return url.group();
  }

  private static List<String> until(BufferedReader out, String words) throws IOException {
    List<String> lines = new ArrayList<>();
    String line;
    while ((line = out.readLine()) != null) {
      lines.add(line);
      if (line.contains(words)) {
        return lines;
      }
    }
    throw new AssertionError("'" + words + "' never came: " + lines);
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
