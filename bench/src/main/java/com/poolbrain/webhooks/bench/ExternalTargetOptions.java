package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How any other webhook server is measured.
final class ExternalTargetOptions {

  private static final int MAX_RECEIVERS = 64;
  private static final int MAX_REQUESTS_PER_SECOND = 60_000;
  private static final int MAX_DELIVERY_TIMEOUT_SECONDS = 3_600;
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--target",
      paramLabel = "FILE",
      description = {
        "Measure another server: a JSON file {\"publish_url\", \"headers\", \"body\"}, where the"
            + " body is what publishes one event, with {{ID}} where it bears an id (15 characters"
            + " that come back in the delivery), and {{TS}} where the time goes."
      })
  private @Nullable Path targetFile;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "With --target: requests a second on a fixed schedule, instead of as many as are answered.")
  private @Nullable Integer requestsPerSecond;

  @Option(
      names = "--receivers",
      paramLabel = "N",
      description =
          "With --target: how many URLs are registered, and so deliveries an event has (default: 1).")
  private @Nullable Integer receiverCount;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "With --target: how long deliveries may take after the last publish until they count as"
              + " lost (default: 60).")
  private @Nullable Integer deliveryTimeoutSeconds;

  @Option(
      names = "--receive-port",
      paramLabel = "PORT",
      description = "With --target: where to receive (default: any free port).")
  private @Nullable Integer receivePort;

  @Option(
      names = "--receive-ca",
      paramLabel = "FILE",
      description =
          "With --target: the certificate of the authority that the server has to trust; made if it"
              + " is not there, and used again (default: data/bench/ca.pem).")
  private @Nullable Path caFile;

  @Option(names = "--receive-http", description = "With --target: receive plain http, not HTTPS.")
  private boolean usesPlainHttp;

  @Option(
      names = "--receive-host",
      paramLabel = "HOST",
      description =
          "With --target and --receive-http: receive on all addresses of this machine, and be called"
              + " by this name (default: 127.0.0.1, which other machines don't reach).")
  private @Nullable String receiveHost;

  boolean isGiven() {
    return targetFile != null;
  }

  /// @throws Failure if they don't fit together
  void validate() {
    boolean hasDependentOptions =
        requestsPerSecond != null
            || receiverCount != null
            || deliveryTimeoutSeconds != null
            || receivePort != null
            || caFile != null
            || receiveHost != null
            || usesPlainHttp;
    if (targetFile == null && hasDependentOptions) {
      throw CommandException.usageError(
          "--rate, --receivers, --patience and --receive-... go with --target, which is missing.");
    }
    requireInRange("--rate", requestsPerSecond, 1, MAX_REQUESTS_PER_SECOND);
    requireInRange("--receivers", receiverCount, 1, MAX_RECEIVERS);
    requireInRange("--patience", deliveryTimeoutSeconds, 1, MAX_DELIVERY_TIMEOUT_SECONDS);
    requireInRange("--receive-port", receivePort, 1, MAX_PORT);
    if (receiveHost != null && !usesPlainHttp) {
      throw CommandException.usageError(
          "--receive-host goes with --receive-http: the bench has a certificate for this machine"
              + " only.");
    }
  }

  private static void requireInRange(String option, @Nullable Integer value, int min, int max) {
    if (value != null && (value < min || value > max)) {
      throw CommandException.usageError(
          "%s is a number from %d to %d.".formatted(option, min, max));
    }
  }

  Path targetFile() {
    if (targetFile == null) {
      throw new IllegalStateException("not given");
    }
    return targetFile;
  }

  /// 0 for as many as are answered.
  int requestsPerSecond() {
    return requestsPerSecond == null ? 0 : requestsPerSecond;
  }

  int receiverCount() {
    return receiverCount == null ? 1 : receiverCount;
  }

  int deliveryTimeoutSeconds() {
    return deliveryTimeoutSeconds == null ? 60 : deliveryTimeoutSeconds;
  }

  /// 0 for any.
  int receivePort() {
    return receivePort == null ? 0 : receivePort;
  }

  boolean usesPlainHttp() {
    return usesPlainHttp;
  }

  Path caFile() {
    return caFile == null ? Path.of("data", "bench", "ca.pem") : caFile;
  }

  /// By which name the server reaches the receiver.
  String receiveHost() {
    return receiveHost == null ? "127.0.0.1" : receiveHost;
  }

  /// Where the receiver listens.
  String bindAddress() {
    return receiveHost == null ? "127.0.0.1" : "0.0.0.0";
  }
}
