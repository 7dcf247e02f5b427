package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./webhooks bench micro`: measures inner loops.
@Command(
    name = "micro",
    sortOptions = false,
    description = {
      "Measures inner loops with JMH, each in JVMs of its own with the service's collector: parsing"
          + " a publish, planning its deliveries, writing the envelope, signing it, and creating"
          + " the whole request of an attempt. Takes about three minutes.",
      "",
      "A time is the mean of one operation on one thread, with the half-width of its 99.9 %%"
          + " confidence interval. Bytes are allocated by one operation.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:measured", "1:the measurement failed", "2:usage error"},
    footer = {
      "",
      "Examples:",
      "  webhooks bench micro",
      "  webhooks bench micro FanOutPlanner 'oneSecret$'",
    })
final class MicroCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      paramLabel = "PATTERN",
      arity = "0..*",
      description =
          "Measure only benchmarks whose name contains a match of one of these regular expressions"
              + " (default: all).")
  private List<String> patterns = List.of();

  @Option(
      names = "--quick",
      description =
          "Some milliseconds of each in this JVM, to check that they work. The figures mean nothing.")
  private boolean quick;

  MicroCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    JmhRunner runner = new JmhRunner(quick);
    List<String> selected = select(JmhRunner.benchmarkNames());
    runner.measure(selected, Progress.forTerminal(terminal)).toLines().forEach(terminal::println);
    return 0;
  }

  private List<String> select(List<String> names) {
    List<Pattern> compiled = patterns.stream().map(MicroCommand::compile).toList();
    List<String> selected =
        names.stream()
            .filter(name ->
                compiled.isEmpty()
                    || compiled.stream()
                        .anyMatch(pattern -> pattern.matcher(JmhRunner.displayName(name)).find()))
            .toList();
    if (selected.isEmpty()) {
      throw CommandException.usageError(
          "no benchmark matches; choose from %s."
              .formatted(String.join(", ", names.stream().map(JmhRunner::displayName).toList())));
    }
    return selected;
  }

  private static Pattern compile(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw CommandException.usageError(
          "'%s' is not a regular expression: %s.".formatted(pattern, e.getDescription()));
    }
  }
}
