package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// `./webhooks keys`: the master key, which encrypts the secrets of endpoints.
@Command(
    name = "keys",
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = "Manages the master key, which encrypts the secrets of endpoints.",
    footer = {"", "Examples:", "  webhooks keys rotate"})
final class KeysCommand implements Runnable {

  private static final long POLL_MILLIS = 500;

  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  KeysCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: rotate.");
  }

  /// Follows the job until it ends; an interrupted command leaves the job running.
  @Command(
      name = "rotate",
      sortOptions = false,
      description = {
        "Encrypts all secrets anew with the present master key, while the service runs.",
        "",
        "Before: start all nodes with the new key as WEBHOOKS_MASTER_KEY, and the old one in"
            + " WEBHOOKS_PREVIOUS_MASTER_KEYS. Afterwards the old key can be removed.",
        "The work goes on in the service if this command is interrupted or a node is killed.",
      },
      footer = {
        "",
        "Examples:",
        "  webhooks keys rotate",
        "  webhooks keys rotate --url https://webhooks.example.com",
      })
  int rotate(@Mixin ServiceOption service) throws InterruptedException {
    try (ApiClient apiClient = service.createClient()) {
      JsonNode started =
          apiClient.post("/master-key/rotate", JsonNodeFactory.instance.objectNode());
      String jobPath = "/jobs/" + started.path("job_id").stringValue();
      terminal.println("%,d secrets to encrypt anew.".formatted(started.path("count").asLong()));
      JsonNode job = apiClient.get(jobPath);
      while (job.path("status").stringValue().equals("running")) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        job = apiClient.get(jobPath);
      }
      return report(job);
    }
  }

  private int report(JsonNode job) {
    String detail = job.path("detail").asString("");
    if (!job.path("status").stringValue().equals("done")) {
      throw CommandException.of(
          "the rotation ended as %s. %s".formatted(job.path("status").stringValue(), detail));
    }
    terminal.println(
        "%,d secrets encrypted anew.%s"
            .formatted(job.path("done").asLong(), detail.isEmpty() ? "" : " " + detail));
    if (!detail.isEmpty()) {
      return 1;
    }
    terminal.println("The keys in WEBHOOKS_PREVIOUS_MASTER_KEYS are no longer needed.");
    return 0;
  }
}
