package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.server.ServerMain;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./webhooks serve`: runs the service.
@Command(
    name = "serve",
    sortOptions = false,
    description = {
      "Runs the service until Ctrl-C or SIGTERM. Without WEBHOOKS_DATABASE_URL it starts a"
          + " PostgreSQL in ./data, and prints an operator key at the first start.",
      "",
      "Settings are environment variables, or the same names in lower case with dots in a properties"
          + " file. The most important ones:",
      "",
      "  WEBHOOKS_HOST, WEBHOOKS_PORT    address of the API (127.0.0.1, 8080)",
      "  WEBHOOKS_DATA_DIR               database and generated keys (./data)",
      "  WEBHOOKS_DATABASE_URL, _USER, _PASSWORD",
      "                                  PostgreSQL 15 or newer, as a JDBC URL",
      "  WEBHOOKS_MASTER_KEY             base64 of 32 bytes; encrypts secrets",
      "  WEBHOOKS_ADMIN_KEY              the first operator key",
      "",
      "The service does not start with an unknown or invalid setting; the message names it.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped by a signal", "1:cannot start", "2:a setting is invalid"},
    footer = {
      "",
      "Examples:",
      "  webhooks serve",
      "  WEBHOOKS_PORT=9000 webhooks serve",
      "  webhooks serve --config webhooks.properties",
    })
final class ServeCommand implements Callable<Integer> {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A properties file with settings; environment variables override it.")
  private @Nullable Path config;

  @Override
  public Integer call() {
    return ServerMain.run(System.getenv(), config, System.out, System.err);
  }
}
