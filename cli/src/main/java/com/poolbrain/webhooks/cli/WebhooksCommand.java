package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.ScopeType;

/// `./webhooks`: the parent of all commands. Without a command it prints the usage.
@Command(
    name = "webhooks",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    description = "Webhooks for Pool Brain: the service, and tools for publishers and receivers.",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:success", "1:failure; the message has the reason", "2:invalid arguments"},
    footer = {"", "Also: webhooks test --help, webhooks bench --help"})
final class WebhooksCommand implements Callable<Integer> {

  private final CommandLine commandLine;

  private WebhooksCommand(Terminal terminal) {
    commandLine =
        new CommandLine(this)
            .addSubcommand(new DemoCommand(terminal))
            .addSubcommand(new ServeCommand())
            .addSubcommand(new TriggerCommand(terminal))
            .addSubcommand(new LinkCommand(terminal))
            .addSubcommand(new ListenCommand(terminal))
            .addSubcommand(new DoctorCommand(terminal, System.getenv()))
            .addSubcommand(new SignCommand(terminal))
            .addSubcommand(new VerifyCommand(terminal))
            .addSubcommand(new CompaniesCommand(terminal))
            .addSubcommand(new EndpointsCommand(terminal))
            .addSubcommand(new DeliveriesCommand(terminal))
            .addSubcommand(new LookupCommand(terminal))
            .addSubcommand(new JobsCommand(terminal))
            .addSubcommand(new KeysCommand(terminal))
            .addSubcommand(new CompletionCommand(terminal))
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setColorScheme(Help.defaultColorScheme(terminal.ansi()))
            .setUsageHelpAutoWidth(true)
            .setExpandAtFiles(false); // a body may begin with @
  }

  /// The command with all its subcommands.
  static CommandLine create(Terminal terminal) {
    return new WebhooksCommand(terminal).commandLine;
  }

  @Override
  public Integer call() {
    commandLine.usage(commandLine.getErr());
    return ExitCode.USAGE;
  }
}
