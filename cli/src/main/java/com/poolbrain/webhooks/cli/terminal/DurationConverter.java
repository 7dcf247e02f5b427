package com.poolbrain.webhooks.cli.terminal;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads durations such as `500ms`, `2s` and `5m`.
public final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern PATTERN = Pattern.compile("([0-9]{1,6})(ms|s|m)");

  /// A converter without settings.
  public DurationConverter() {}

  @Override
  public Duration convert(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no duration; give it as 500ms, 2s or 5m.");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }
}
