package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.micro.InnerLoops;
import com.poolbrain.webhooks.bench.scenario.Progress;
import com.poolbrain.webhooks.cli.terminal.Failure;
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
    InnerLoops loops = new InnerLoops(quick);
    List<String> wanted = wanted(loops.names());
    try (Progress progress = Progress.on(terminal)) {
      loops.measure(wanted, progress).lines().forEach(terminal::say);
    }
    return 0;
  }

  private List<String> wanted(List<String> names) {
    List<Pattern> given = patterns.stream().map(MicroCommand::compiled).toList();
    List<String> wanted =
        names.stream()
            .filter(name ->
                given.isEmpty()
                    || given.stream()
                        .anyMatch(pattern -> pattern.matcher(InnerLoops.shown(name)).find()))
            .toList();
    if (wanted.isEmpty()) {
      throw Failure.usage(
          "no benchmark is called so; there are %s."
              .formatted(String.join(", ", names.stream().map(InnerLoops::shown).toList())));
    }
    return wanted;
  }

  private static Pattern compiled(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw Failure.usage(
          "'%s' is not a regular expression: %s.".formatted(pattern, e.getDescription()));
    }
  }
}
