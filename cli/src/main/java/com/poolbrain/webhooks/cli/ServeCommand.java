package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.server.ServerMain;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./webhooks serve`: the service.
@Command(
    name = "serve",
    sortOptions = false,
    description = {
      "Runs the service until Ctrl-C or SIGTERM. Without a database of your own it starts a"
          + " PostgreSQL in ./data, and prints an operator key at its first start.",
      "",
      "Settings are environment variables, or the same names in lower case with dots in a properties"
          + " file. The ones that are needed most:",
      "",
      "  WEBHOOKS_HOST, WEBHOOKS_PORT    where to listen (127.0.0.1, 8080)",
      "  WEBHOOKS_DATA_DIR               what is kept on this machine (./data)",
      "  WEBHOOKS_DATABASE_URL, _USER, _PASSWORD",
      "                                  a PostgreSQL 15 or newer, as a JDBC URL",
      "  WEBHOOKS_MASTER_KEY             base64 of 32 bytes; encrypts secrets",
      "  WEBHOOKS_ADMIN_KEY              the first operator key",
      "",
      "One that is unknown or impossible stops the start with a sentence that names it.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:ended as it was told to", "1:cannot start", "2:the settings are wrong"},
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
      description = "A properties file with settings; the environment goes before it.")
  private @Nullable Path config;

  @Override
  public Integer call() {
    return ServerMain.run(System.getenv(), config, System.out, System.err);
  }
}
