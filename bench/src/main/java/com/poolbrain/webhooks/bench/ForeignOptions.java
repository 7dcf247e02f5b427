package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.cli.terminal.Failure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How any other webhook server is measured.
final class ForeignOptions {

  private static final int MOST_RECEIVERS = 64;
  private static final int MOST_PER_SECOND = 60_000;
  private static final int MOST_PATIENCE = 3_600;
  private static final int LAST_PORT = 65_535;

  @Option(
      names = "--target",
      paramLabel = "FILE",
      description = {
        "Measure another server: a JSON file {\"publish_url\", \"headers\", \"body\"}, where the"
            + " body is what publishes one event, with {{ID}} where it bears an id (15 characters"
            + " that come back in the delivery), and {{TS}} where the time goes."
      })
  private @Nullable Path target;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "With --target: requests a second on a fixed schedule, instead of as many as are answered.")
  private @Nullable Integer rate;

  @Option(
      names = "--receivers",
      paramLabel = "N",
      description =
          "With --target: how many URLs are registered, and so deliveries an event has (default: 1).")
  private @Nullable Integer receivers;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "With --target: how long deliveries may take after the last publish until they count as"
              + " lost (default: 60).")
  private @Nullable Integer patience;

  @Option(
      names = "--receive-port",
      paramLabel = "PORT",
      description = "With --target: where to receive (default: any free port).")
  private @Nullable Integer port;

  @Option(
      names = "--receive-ca",
      paramLabel = "FILE",
      description =
          "With --target: the certificate of the authority that the server has to trust; made if it"
              + " is not there, and used again (default: data/bench/ca.pem).")
  private @Nullable Path authority;

  @Option(names = "--receive-http", description = "With --target: receive plain http, not HTTPS.")
  private boolean http;

  @Option(
      names = "--receive-host",
      paramLabel = "HOST",
      description =
          "With --target and --receive-http: receive on all addresses of this machine, and be called"
              + " by this name (default: 127.0.0.1, which other machines don't reach).")
  private @Nullable String host;

  boolean isGiven() {
    return target != null;
  }

  /// @throws Failure if they don't fit together
  void check() {
    boolean others =
        rate != null
            || receivers != null
            || patience != null
            || port != null
            || authority != null
            || host != null
            || http;
    if (target == null && others) {
      throw Failure.usage(
          "--rate, --receivers, --patience and --receive-... go with --target, which is missing.");
    }
    within("--rate", rate, 1, MOST_PER_SECOND);
    within("--receivers", receivers, 1, MOST_RECEIVERS);
    within("--patience", patience, 1, MOST_PATIENCE);
    within("--receive-port", port, 1, LAST_PORT);
    if (host != null && !http) {
      throw Failure.usage(
          "--receive-host goes with --receive-http: the bench has a certificate for this machine"
              + " only.");
    }
  }

  private static void within(String option, @Nullable Integer number, int least, int most) {
    if (number != null && (number < least || number > most)) {
      throw Failure.usage("%s is a number from %d to %d.".formatted(option, least, most));
    }
  }

  Path target() {
    if (target == null) {
      throw new IllegalStateException("not given");
    }
    return target;
  }

  /// 0 for as many as are answered.
  int rate() {
    return rate == null ? 0 : rate;
  }

  int receivers() {
    return receivers == null ? 1 : receivers;
  }

  int patience() {
    return patience == null ? 60 : patience;
  }

  /// 0 for any.
  int port() {
    return port == null ? 0 : port;
  }

  boolean http() {
    return http;
  }

  Path authority() {
    return authority == null ? Path.of("data", "bench", "ca.pem") : authority;
  }

  /// By which name the server reaches the receiver.
  String host() {
    return host == null ? "127.0.0.1" : host;
  }

  /// Where the receiver listens.
  String bound() {
    return host == null ? "127.0.0.1" : "0.0.0.0";
  }
}
