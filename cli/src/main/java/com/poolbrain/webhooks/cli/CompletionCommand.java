package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./webhooks completion`: prints the script of shell completion.
@Command(
    name = "completion",
    description =
        "Prints a script for bash and zsh that completes commands and options of webhooks.",
    footer = {
      "",
      "Examples:",
      "  eval \"$(webhooks completion)\"           in this shell",
      "  webhooks completion > /etc/bash_completion.d/webhooks",
    })
final class CompletionCommand implements Runnable {

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    CommandSpec root = Objects.requireNonNull(spec.parent(), "a subcommand");
    terminal.println(AutoComplete.bash(root.name(), root.commandLine()));
  }
}
