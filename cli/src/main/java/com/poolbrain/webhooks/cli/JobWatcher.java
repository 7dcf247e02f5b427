package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Follows background jobs to their end. The jobs go on if the command is interrupted.
final class JobWatcher {

  private static final long POLL_MILLIS = 500;

  private final Terminal terminal;
  private final ResultPrinter printer;

  JobWatcher(Terminal terminal, ResultPrinter printer) {
    this.terminal = terminal;
    this.printer = printer;
  }

  /// Prints the job whenever it has got on, until it has ended.
  ///
  /// @return the exit code
  /// @throws CommandException if the job ended otherwise than `done`
  int follow(ApiClient client, String jobId) throws InterruptedException {
    JsonNode job = client.get("/jobs/" + jobId);
    printer.print(terminal, job, JobWatcher::progress);
    while (job.path("status").asString("").equals("running")) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      JsonNode next = client.get("/jobs/" + jobId);
      if (!next.equals(job)) {
        printer.print(terminal, next, JobWatcher::progress);
      }
      job = next;
    }
    String status = job.path("status").asString("");
    if (!status.equals("done")) {
      throw CommandException.of(
          "the job ended as %s. %s".formatted(status, job.path("detail").asString("")).strip());
    }
    return 0;
  }

  private static List<String> progress(JsonNode job) {
    return List.of(
        "%s %s: %,d of %,d"
            .formatted(
                job.path("kind").asString(""),
                job.path("status").asString(""),
                job.path("done").asLong(),
                job.path("total").asLong()));
  }
}
