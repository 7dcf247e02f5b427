package com.poolbrain.webhooks.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.TestReporter;

/// Warnings and errors that a service wrote to its log.
///
/// @param lines the whole output of its process
public record ServiceLog(List<String> lines) {

  private static final Pattern WARNING_OR_ERROR = Pattern.compile("[^ ]+ (WARN |ERROR) .*");

  private static final Pattern TIME_WITH_OFFSET =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) .*");

  /// What the service has written so far.
  public static ServiceLog of(ServiceProcess service) {
    return new ServiceLog(service.output());
  }

  private List<String> warningsAndErrors() {
    return lines.stream().filter(line -> WARNING_OR_ERROR.matcher(line).matches()).toList();
  }

  /// Fails unless there are some warnings, but not more than this, all with their date and offset.
  /// Fails if there is a stack trace, because that means a bug.
  public void assertFewWarnings(int max, TestReporter report) {
    report.publishEntry("log", String.join("\n", warningsAndErrors()));
    assertThat(warningsAndErrors()).hasSizeBetween(1, max);
    assertThat(warningsAndErrors()).allMatch(line -> TIME_WITH_OFFSET.matcher(line).matches());
    assertThat(lines).noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by"));
  }
}
