package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `./webhooks bench`: says what can be measured.
@Command(
    name = "webhooks bench",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    description = {
      "Measures what this machine can do: deliveries per second, how long they take, and what each"
          + " costs. The service, its PostgreSQL, the publishers and the consumer all run here.",
    },
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  webhooks bench run                   throughput and latency, three minutes",
      "  webhooks bench run --limits --scenario all --out results",
      "                                       everything; takes most of an hour",
      "  webhooks bench limits                what the machine can do at most",
      "  webhooks bench micro                 what one turn of each inner loop costs",
      "  webhooks bench run --target target.json",
      "                                       any other webhook server",
      "  webhooks bench docs --from results   the page docs/benchmarks.md",
    })
final class BenchCommand implements Callable<Integer> {

  private final CommandLine commandLine;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
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
