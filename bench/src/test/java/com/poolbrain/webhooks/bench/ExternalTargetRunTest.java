package com.poolbrain.webhooks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.bench.FakeWebhookServer.Behavior;
import com.poolbrain.webhooks.cli.listen.CertificateFiles;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/// Another webhook server is measured, and its faults are counted.
@Tag("slow")
class ExternalTargetRunTest {

  /// One first event, then the warm-up and the measured run of one second each.
  private static final List<String> SHORT_RUN_OPTIONS =
      List.of("--rate", "20", "--seconds", "1", "--warm-up", "1", "--connections", "1");

  private static final int FIRST_MEASURED_EVENT = 1 + 20;

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();

  /// Runs the bench, registers the URLs that it prints, and presses Enter.
  private int runBench(FakeWebhookServer server, String... extraOptions) throws IOException {
    PrintWriter out = new PrintWriter(output);
    InputStream stdin =
        new InputStream() {
          private boolean pressed;

          @Override
          public int read() {
            if (pressed) {
              return -1;
            }
            server.register(
                output
                    .toString()
                    .lines()
                    .filter(line -> line.startsWith("  http"))
                    .map(String::strip)
                    .map(URI::create)
                    .toList());
            pressed = true;
            return '\n';
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            int next = read();
            if (next >= 0) {
              bytes[from] = (byte) next;
            }
            return next < 0 ? -1 : 1;
          }
        };
    Path target =
        Files.writeString(
            folder.resolve("target.json"),
            "{\"publish_url\": \"%s\", \"body\": {\"id\": \"{{ID}}\"}}".formatted(server.url()));
    List<String> args =
        Stream.of(
                List.of("run", "--target", target.toString()),
                SHORT_RUN_OPTIONS,
                List.of(extraOptions))
            .flatMap(List::stream)
            .toList();
    return Main.run(new Terminal(stdin, out, out, Ansi.OFF), args.toArray(String[]::new));
  }

  private String measuredRow() {
    return output
        .toString()
        .lines()
        .filter(line -> line.startsWith("measured "))
        .findFirst()
        .orElse("");
  }

  @Test
  void lost_duplicate_and_unexpected_deliveries_are_counted() throws Exception {
    Map<Integer, Behavior> behaviorByEvent =
        Map.of(
            FIRST_MEASURED_EVENT + 3,
            Behavior.DROP,
            FIRST_MEASURED_EVENT + 5,
            Behavior.DELIVER_TWICE,
            FIRST_MEASURED_EVENT + 8,
            Behavior.DELIVER_UNEXPECTED);
    try (FakeWebhookServer server =
        new FakeWebhookServer(null, n -> behaviorByEvent.getOrDefault(n, Behavior.DELIVER))) {
      int exitCode = runBench(server, "--receive-http", "--patience", "2");

      assertThat(exitCode).as(output.toString()).isEqualTo(1);
      assertThat(measuredRow()).as(output.toString()).matches(".* 0 0 +0 0 1 +1 +1");
      assertThat(output.toString()).contains("The first event arrived after");
    }
  }

  @Test
  void every_receiver_gets_every_event_over_https() throws Exception {
    Path caFile = folder.resolve("ca.pem");
    var _ = new CertificateFiles(caFile).loadOrCreate(Instant.now());
    try (FakeWebhookServer server =
        new FakeWebhookServer(trusting(caFile), _ -> Behavior.DELIVER)) {
      int exitCode = runBench(server, "--receivers", "2", "--receive-ca", caFile.toString());

      assertThat(exitCode).as(output.toString()).isZero();
      assertThat(measuredRow()).as(output.toString()).matches(".* 0 0 +0 0 0 +0 +0");
      assertThat(output.toString()).contains("https://127.0.0.1:", "/ok/1", caFile.toString());
    }
  }

  private static SSLContext trusting(Path caFile) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(caFile)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls;
  }

  @Test
  void refused_first_publish_is_quoted_and_ends_the_run() throws Exception {
    try (FakeWebhookServer server = new FakeWebhookServer(null, _ -> Behavior.REJECT)) {
      assertThat(runBench(server, "--receive-http")).isEqualTo(1);

      assertThat(output.toString()).contains("the first publish was answered 503 queue full");
      assertThat(server.requestCount()).isEqualTo(1);
    }
  }

  @Test
  void first_event_that_does_not_arrive_ends_the_run_with_what_to_check() throws Exception {
    try (FakeWebhookServer server = new FakeWebhookServer(null, _ -> Behavior.DROP)) {
      assertThat(runBench(server, "--receive-http", "--patience", "1")).isEqualTo(1);

      assertThat(output.toString()).contains("0 of 1 deliveries arrived within 1 s", "registered");
      assertThat(server.requestCount()).isEqualTo(1);
    }
  }

  @Test
  void unreachable_target_is_reported_without_stack_trace() throws Exception {
    FakeWebhookServer server = new FakeWebhookServer(null, _ -> Behavior.DELIVER);
    server.close();

    assertThat(runBench(server, "--receive-http")).isEqualTo(1);

    assertThat(output.toString()).contains("Can't connect to 127.0.0.1:").doesNotContain("bug");
  }

  @Test
  void receive_port_in_use_is_reported_without_stack_trace() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FakeWebhookServer server = new FakeWebhookServer(null, _ -> Behavior.DELIVER)) {
      int exitCode =
          runBench(
              server, "--receive-http", "--receive-port", Integer.toString(taken.getLocalPort()));

      assertThat(exitCode).isEqualTo(1);
      assertThat(output.toString()).contains("can't listen at").doesNotContain("bug");
    }
  }

  @Test
  void conflicting_or_invalid_options_are_refused_with_a_message() throws Exception {
    try (FakeWebhookServer server = new FakeWebhookServer(null, _ -> Behavior.DELIVER)) {
      assertThat(runBench(server, "--limits")).isEqualTo(2);
      assertThat(runBench(server, "--receive-host", "bench.test")).isEqualTo(2);
      assertThat(runBench(server, "--receivers", "65")).isEqualTo(2);
    }
    PrintWriter out = new PrintWriter(output);
    Terminal terminal = new Terminal(InputStream.nullInputStream(), out, out, Ansi.OFF);
    assertThat(Main.run(terminal, "run", "--patience", "1")).isEqualTo(2);

    assertThat(output.toString())
        .contains(
            "--limits does not go with --target",
            "--receive-host goes with --receive-http",
            "--receivers is a number from 1 to 64",
            "--target=FILE");
  }
}
