package com.poolbrain.webhooks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/// Every benchmark runs and is found by its name.
@Tag("slow")
class MicroCommandTest {

  private final StringWriter output = new StringWriter();

  private int runBench(String... args) {
    PrintWriter out = new PrintWriter(output);
    return Main.run(new Terminal(InputStream.nullInputStream(), out, out, Ansi.OFF), args);
  }

  private List<String> rows() {
    return output.toString().lines().filter(line -> line.matches("[A-Z]\\w+\\.\\w+.*")).toList();
  }

  @Test
  void every_benchmark_runs_in_quick_mode() {
    assertThat(runBench("micro", "--quick")).as(output.toString()).isZero();

    assertThat(rows())
        .extracting(row -> row.replaceFirst(" {2}.*", ""))
        .containsExactly(
            "Publish.read",
            "WebhookVerifier.oneSecret",
            "WebhookVerifier.secondSecret",
            "FanOutPlanner.plan endpoints=3",
            "FanOutPlanner.plan endpoints=1000",
            "WebhookRequest.oneSecret",
            "WebhookRequest.twoSecrets",
            "Envelope.write items=1",
            "Envelope.write items=100",
            "Signature.oneSecret",
            "Signature.twoSecrets");
    assertThat(rows()).allMatch(row -> row.matches(".* {2}[\\d,.]+ +- +[\\d,.]+"));
  }

  @Test
  void only_benchmarks_matching_a_pattern_run() {
    assertThat(runBench("micro", "--quick", "^Signature", "write")).as(output.toString()).isZero();

    assertThat(rows())
        .extracting(row -> row.replaceFirst(" .*", ""))
        .containsOnly("Signature.oneSecret", "Signature.twoSecrets", "Envelope.write");
  }

  @Test
  void pattern_without_match_is_refused_with_the_benchmark_names() {
    assertThat(runBench("micro", "Palnning")).isEqualTo(2);

    assertThat(output.toString()).contains("no benchmark matches", "FanOutPlanner.plan");
  }

  @Test
  void invalid_regular_expression_is_refused_with_a_message() {
    assertThat(runBench("micro", "FanOutPlanner(")).isEqualTo(2);

    assertThat(output.toString()).contains("'FanOutPlanner(' is not a regular expression");
  }
}
