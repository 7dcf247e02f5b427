package com.poolbrain.webhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `listen` as a separate process, with curl as its client.
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
    try (ServiceProcess listen = startListen("--fail", "1", "--status", "500")) {
      listen.awaitOutput("Listening on");
      String url = urlIn(listen.outputText());

      assertThat(curl(url)).isEqualTo("500");
      assertThat(curl(url)).isEqualTo("200");

      listen.awaitOutput("processed, answered 200");
      listen.awaitOutput("4 in all");
      assertThat(listen.output())
          .containsSubsequence(
              line(listen, "failed on request, answered 500"),
              line(listen, "processed, answered 200"))
          .anyMatch(line -> line.contains("id 0192") && line.contains("company 40"))
          .anyMatch(line -> line.contains("signature matches"))
          .anyMatch(line -> line.contains("{\"customerId\":3}"))
          .noneMatch(line -> line.contains("{\"customerId\":4}"));
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

  private ServiceProcess startListen(String... options) {
    List<String> command =
        List.of(
            Main.class.getName(),
            "listen",
            "--port=0",
            "--secret=" + SECRET,
            "--ca-file=" + folder.resolve("ca.pem"));
    return ServiceProcess.start(
        ServiceProcess.javaCommand(Stream.concat(command.stream(), Stream.of(options)).toList()));
  }

  private static String urlIn(String output) {
    Matcher url = Pattern.compile("https://\\S+").matcher(output);
    assertThat(url.find()).as(output).isTrue();
    return url.group();
  }

  private static String line(ServiceProcess process, String text) {
    return process.output().stream().filter(line -> line.contains(text)).findFirst().orElseThrow();
  }

  private String curl(String url) throws IOException, InterruptedException {
    String signature = new Signer(Secret.parse(SECRET)).sign(BODY.getBytes(UTF_8));
    try (ServiceProcess curl =
        ServiceProcess.start(
            new ProcessBuilder(
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
                url))) {
      curl.awaitExitCode();
      return curl.outputText();
    }
  }
}
