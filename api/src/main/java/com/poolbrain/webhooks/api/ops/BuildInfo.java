package com.poolbrain.webhooks.api.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The build of the service.
///
/// @param version of the product
/// @param java version of the JVM
public record BuildInfo(String version, String java) {

  /// The running build.
  public static BuildInfo current() {
    var properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildInfo(properties.getProperty("version"), Runtime.version().toString());
  }
}
