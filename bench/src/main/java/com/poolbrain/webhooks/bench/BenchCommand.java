package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `./webhooks bench`: prints its help.
@Command(
    name = "webhooks bench",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    description = {
      "Measures deliveries on this machine: how many per second, their latency, and the CPU time,"
          + " memory and log they cost. The service, its PostgreSQL, publishers and receivers all"
          + " run on this machine.",
    },
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  webhooks bench run                   throughput and latency, three minutes",
      "  webhooks bench run --limits --scenario all --out results",
      "                                       everything; takes about an hour and a half",
      "  webhooks bench limits                the limits of the machine",
      "  webhooks bench micro                 CPU time of the inner loops",
      "  webhooks bench run --target target.json",
      "                                       another webhook server",
      "  webhooks bench docs --from results   the page docs/benchmarks.md",
    })
final class BenchCommand implements Callable<Integer> {

  private final CommandLine commandLine;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  private BenchCommand(Terminal terminal) {
    commandLine =
        new CommandLine(this)
            .addSubcommand(new RunCommand(terminal))
            .addSubcommand(new SimulateCommand(terminal))
            .addSubcommand(new BaselineCommand(terminal))
            .addSubcommand(new MicroCommand(terminal))
            .addSubcommand(new DocsCommand(terminal))
            .addSubcommand(new CrashCommand(terminal))
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setColorScheme(Help.defaultColorScheme(terminal.ansi()))
            .setUsageHelpAutoWidth(true)
            .setExpandAtFiles(false);
  }

  /// The command with all its subcommands.
  static CommandLine create(Terminal terminal) {
    return new BenchCommand(terminal).commandLine;
  }

  @Override
  public Integer call() {
    commandLine.usage(commandLine.getOut());
    return ExitCode.OK;
  }
}
