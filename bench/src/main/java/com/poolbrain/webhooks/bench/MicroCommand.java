package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.micro.JmhRunner;
import com.poolbrain.webhooks.bench.scenario.Progress;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./webhooks bench micro`: what one turn of each inner loop costs.
@Command(
    name = "micro",
    sortOptions = false,
    description = {
      "Measures inner loops by JMH, each in processes of its own with the service's collector:"
          + " reading a publish, planning it, writing the envelope, signing it, and the whole request"
          + " of an attempt. Takes about three minutes.",
      "",
      "A time is the mean of one operation on one thread, with the half-width of its 99.9 %%"
          + " confidence interval; bytes are what it allocates.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:measured", "1:could not be measured", "2:called wrongly"},
    footer = {
      "",
      "Examples:",
      "  webhooks bench micro",
      "  webhooks bench micro Planning 'oneSecret$'",
    })
final class MicroCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      paramLabel = "PATTERN",
      arity = "0..*",
      description =
          "Measure only those in whose name one of these regular expressions is found (default:"
              + " all).")
  private List<String> patterns = List.of();

  @Option(
      names = "--quick",
      description =
          "Some milliseconds of each in this process, to see that it works. The figures mean"
              + " nothing.")
  private boolean quick;

  MicroCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    JmhRunner jmhRunner = new JmhRunner(quick);
    List<String> selected = selectBenchmarks(jmhRunner.benchmarkNames());
    try (Progress progress = Progress.forTerminal(terminal)) {
      jmhRunner.measure(selected, progress).toLines().forEach(terminal::println);
    }
    return 0;
  }

  private List<String> selectBenchmarks(List<String> names) {
    List<Pattern> compiledPatterns = patterns.stream().map(MicroCommand::compile).toList();
    List<String> selected =
        names.stream()
            .filter(name ->
                compiledPatterns.isEmpty()
                    || compiledPatterns.stream()
                        .anyMatch(pattern -> pattern.matcher(JmhRunner.displayName(name)).find()))
            .toList();
    if (selected.isEmpty()) {
      throw CommandException.usageError(
          "no benchmark is called so; there are %s."
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
