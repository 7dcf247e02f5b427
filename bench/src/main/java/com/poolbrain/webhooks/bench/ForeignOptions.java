package com.poolbrain.webhooks.bench;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How any other webhook server is measured.
final class ForeignOptions {

  @Option(
      names = "--target",
      paramLabel = "FILE",
      description = {
        "Measure another server: a JSON file {\"publish_url\", \"headers\", \"body\"}, where the"
            + " body is what publishes one event, with {{ID}} where it bears an id, and {{TS}}"
            + " where the time goes."
      })
  private @Nullable Path target;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "With --target: requests a second on a fixed schedule, instead of as many as are answered.")
  private int rate;

  @Option(names = "--receive-http", description = "With --target: receive plain http, not HTTPS.")
  private boolean http;

  @Option(
      names = "--receive-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "With --target: where to receive; any free port unless given.")
  private int port;

  @Option(
      names = "--receivers",
      paramLabel = "N",
      defaultValue = "1",
      description = "With --target: how many URLs are registered, and so deliveries an event has.")
  private int receivers;

  boolean isGiven() {
    return target != null;
  }

  Path target() {
    if (target == null) {
      throw new IllegalStateException("not given");
    }
    return target;
  }

  int rate() {
    return rate;
  }

  boolean http() {
    return http;
  }

  int port() {
    return port;
  }

  int receivers() {
    return receivers;
  }
}
