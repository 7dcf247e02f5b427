package com.poolbrain.webhooks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/// Every benchmark that is built can be run, and is found by its name.
class MicroCommandTest {

  private final StringWriter said = new StringWriter();

  private int call(String... args) {
    PrintWriter out = new PrintWriter(said);
    return Main.run(new Terminal(InputStream.nullInputStream(), out, out, Ansi.OFF), args);
  }

  private List<String> rows() {
    return said.toString().lines().filter(line -> line.matches("[A-Z]\\w+\\.\\w+.*")).toList();
  }

  @Test
  void everyBenchmarkRuns() {
    assertThat(call("micro", "--quick")).as(said.toString()).isZero();

    assertThat(rows())
        .extracting(row -> row.replaceFirst(" {2}.*", ""))
        .containsExactly(
            "Planning.plan endpoints=3",
            "Planning.plan endpoints=1000",
            "Request.oneSecret",
            "Request.twoSecrets",
            "Envelope.write items=1",
            "Envelope.write items=100",
            "Publish.read",
            "Signature.oneSecret",
            "Signature.twoSecrets");
    assertThat(rows()).allMatch(row -> row.matches(".* {2}[\\d,.]+ +- +[\\d,.]+"));
  }

  @Test
  void thoseThatAPatternFindsRun() {
    assertThat(call("micro", "--quick", "^Signature", "write")).as(said.toString()).isZero();

    assertThat(rows())
        .extracting(row -> row.replaceFirst(" .*", ""))
        .containsOnly("Signature.oneSecret", "Signature.twoSecrets", "Envelope.write");
  }

  @Test
  void aPatternThatFindsNothingIsAnsweredWithTheNames() {
    assertThat(call("micro", "Palnning")).isEqualTo(2);

    assertThat(said.toString()).contains("no benchmark is called so", "Planning.plan");
  }

  @Test
  void whatIsNoPatternIsSaidInWords() {
    assertThat(call("micro", "Planning(")).isEqualTo(2);

    assertThat(said.toString()).contains("'Planning(' is not a regular expression");
  }
}
