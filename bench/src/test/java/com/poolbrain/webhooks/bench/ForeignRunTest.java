package com.poolbrain.webhooks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.bench.StandIn.Mood;
import com.poolbrain.webhooks.cli.listen.IdentityFiles;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/// Any webhook server can be measured, and what it does wrong is counted.
class ForeignRunTest {

  /// One event sees whether anything arrives; then come the warm-up and the measured run, a second
  /// each.
  private static final List<String> SHORT =
      List.of("--rate", "20", "--seconds", "1", "--warm-up", "1", "--connections", "1");

  private static final int MEASURED = 1 + 20;

  @TempDir private Path folder;
  private final StringWriter said = new StringWriter();

  /// Calls the bench, and registers what it says before pressing Enter.
  private int call(StandIn server, String... more) throws IOException {
    PrintWriter out = new PrintWriter(said);
    InputStream user =
        new InputStream() {
          private boolean pressed;

          @Override
          public int read() {
            if (pressed) {
              return -1;
            }
            server.register(
                said.toString()
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
        Stream.of(List.of("run", "--target", target.toString()), SHORT, List.of(more))
            .flatMap(List::stream)
            .toList();
    return Main.run(new Terminal(user, out, out, Ansi.OFF), args.toArray(String[]::new));
  }

  private String measured() {
    return said.toString()
        .lines()
        .filter(line -> line.startsWith("measured "))
        .findFirst()
        .orElse("");
  }

  @Test
  void whatIsLostOrComesTwiceOrFromNobodyIsCounted() throws Exception {
    Map<Integer, Mood> bad =
        Map.of(MEASURED + 3, Mood.LOSE, MEASURED + 5, Mood.TWICE, MEASURED + 8, Mood.STRANGER);
    try (StandIn server = new StandIn(null, n -> bad.getOrDefault(n, Mood.DELIVER))) {
      int code = call(server, "--receive-http", "--patience", "2");

      assertThat(code).as(said.toString()).isEqualTo(1);
      assertThat(measured()).as(said.toString()).matches(".* 0 0 +0 0 1 +1 +1");
      assertThat(said.toString()).contains("The first event arrived after");
    }
  }

  @Test
  void eachOfSeveralReceiversGetsEverythingOverHttps() throws Exception {
    Path ca = folder.resolve("ca.pem");
    var _ = new IdentityFiles(ca).loadOrMake(Instant.now());
    try (StandIn server = new StandIn(trusting(ca), _ -> Mood.DELIVER)) {
      int code = call(server, "--receivers", "2", "--receive-ca", ca.toString());

      assertThat(code).as(said.toString()).isZero();
      assertThat(measured()).as(said.toString()).matches(".* 0 0 +0 0 0 +0 +0");
      assertThat(said.toString()).contains("https://127.0.0.1:", "/ok/1", ca.toString());
    }
  }

  private static SSLContext trusting(Path ca) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(ca)) {
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
  void aRefusedPublishIsQuotedAndNothingMoreIsSent() throws Exception {
    try (StandIn server = new StandIn(null, _ -> Mood.REFUSE)) {
      assertThat(call(server, "--receive-http")).isEqualTo(1);

      assertThat(said.toString()).contains("the first publish was answered 503 no room");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void whereNothingArrivesItSaysWhatToCheck() throws Exception {
    try (StandIn server = new StandIn(null, _ -> Mood.LOSE)) {
      assertThat(call(server, "--receive-http", "--patience", "1")).isEqualTo(1);

      assertThat(said.toString()).contains("0 of 1 deliveries arrived within 1 s", "registered");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatIsNotThereIsNoBug() throws Exception {
    StandIn server = new StandIn(null, _ -> Mood.DELIVER);
    server.close();

    assertThat(call(server, "--receive-http")).isEqualTo(1);

    assertThat(said.toString()).contains("Can't connect to 127.0.0.1:").doesNotContain("bug");
  }

  @Test
  void aPortThatIsTakenIsNoBug() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StandIn server = new StandIn(null, _ -> Mood.DELIVER)) {
      int code =
          call(server, "--receive-http", "--receive-port", Integer.toString(taken.getLocalPort()));

      assertThat(code).isEqualTo(1);
      assertThat(said.toString()).contains("can't listen at").doesNotContain("bug");
    }
  }

  @Test
  void whatDoesNotGoTogetherIsSaidInWords() throws Exception {
    try (StandIn server = new StandIn(null, _ -> Mood.DELIVER)) {
      assertThat(call(server, "--limits")).isEqualTo(2);
      assertThat(call(server, "--receive-host", "bench.test")).isEqualTo(2);
      assertThat(call(server, "--receivers", "65")).isEqualTo(2);
    }
    PrintWriter out = new PrintWriter(said);
    Terminal terminal = new Terminal(InputStream.nullInputStream(), out, out, Ansi.OFF);
    assertThat(Main.run(terminal, "run", "--patience", "1")).isEqualTo(2);

    assertThat(said.toString())
        .contains(
            "--limits does not go with --target",
            "--receive-host goes with --receive-http",
            "--receivers is a number from 1 to 64",
            "go with --target, which is missing");
  }
}
