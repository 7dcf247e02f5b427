package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of a run against another webhook server. Picocli sets the fields.
final class ExternalTargetOptions {

  private static final String LOOPBACK = "127.0.0.1";

  @Option(
      names = "--target",
      paramLabel = "FILE",
      required = true,
      description = {
        "Measure another server: a JSON file {\"publish_url\", \"headers\", \"body\"}. The body"
            + " publishes one event. {{ID}} in it is replaced by an id of 15 characters that must"
            + " come back in the delivery, and {{TS}} by the time."
      })
  Path targetFile = Path.of("");

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "With --target: requests per second on a fixed schedule (default: the next request after"
              + " each response).")
  @Nullable Integer requestsPerSecond;

  @Option(
      names = "--receivers",
      paramLabel = "N",
      description =
          "With --target: number of URLs to register, which is the number of deliveries of an event"
              + " (default: 1).")
  int receiverCount = 1;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "With --target: time after the last publish until missing deliveries count as lost"
              + " (default: 60).")
  int deliveryTimeoutSeconds = 60;

  @Option(
      names = "--receive-port",
      paramLabel = "PORT",
      description = "With --target: port of the receiver (default: a free one).")
  @Nullable Integer receivePort;

  @Option(
      names = "--receive-ca",
      paramLabel = "FILE",
      description =
          "With --target: certificate of the CA that the server has to trust; created if the file"
              + " does not exist (default: data/bench/ca.pem).")
  Path caFile = Path.of("data", "bench", "ca.pem");

  @Option(names = "--receive-http", description = "With --target: receive over plain HTTP.")
  boolean usesPlainHttp;

  @Option(
      names = "--receive-host",
      paramLabel = "HOST",
      description =
          "With --target and --receive-http: receive on all addresses of this machine, at URLs with"
              + " this host (default: 127.0.0.1, which other machines can't reach).")
  @Nullable String receiveHost;

  void validate() {
    RunCommand.requireInRange("--rate", requestsPerSecond, 60_000);
    RunCommand.requireInRange("--receivers", receiverCount, 64);
    RunCommand.requireInRange("--patience", deliveryTimeoutSeconds, 3_600);
    RunCommand.requireInRange("--receive-port", receivePort, 65_535);
    if (receiveHost != null && !usesPlainHttp) {
      throw CommandException.usageError(
          "--receive-host goes with --receive-http: the certificate of the bench is for this machine"
              + " only.");
    }
  }

  /// The host in the URLs of the receiver.
  String urlHost() {
    return receiveHost == null ? LOOPBACK : receiveHost;
  }

  /// The address that the receiver listens on.
  String bindAddress() {
    return receiveHost == null ? LOOPBACK : "0.0.0.0";
  }
}
