package com.poolbrain.webhooks.cli.terminal;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a TCP port from 0 to 65535.
public final class PortConverter implements ITypeConverter<Integer> {

  /// A converter without settings.
  public PortConverter() {}

  @Override
  public Integer convert(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new TypeConversionException(
          "'" + text + "' is no port; give a number from 0 to 65535.");
    }
    return Integer.valueOf(text);
  }
}
