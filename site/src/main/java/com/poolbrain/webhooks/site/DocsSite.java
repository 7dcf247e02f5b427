package com.poolbrain.webhooks.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of the documentation, as they were built.
public final class DocsSite {

  /// A file.
  ///
  /// @param type its media type
  public record SiteFile(String type, byte[] content) {}

  /// A page in the order of the navigation.
  ///
  /// @param path below the site: `consumer-guide`
  public record PageLink(String path, String title) {}

  private static final String FOLDER = "pages/";
  private static final String NAVIGATION = FOLDER + "navigation.txt";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "json", "application/json");

  private static final String TEXT = "text/plain; charset=utf-8";

  private DocsSite() {}

  /// The file of a path below the site, such as `consumer-guide`, `style.css` or
  /// `benchmarks/latency.svg`; empty if there is none.
  public static Optional<SiteFile> find(String path) {
    return files().stream()
        .filter(file -> file.equals(path) || file.equals(path + ".html"))
        .findFirst()
        .map(file -> new SiteFile(type(file), read(FOLDER + file)));
  }

  private static String type(String file) {
    return TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), TEXT);
  }

  /// The pages, in the order of the navigation.
  public static List<PageLink> pages() {
    return lines(NAVIGATION).stream()
        .map(line -> line.split("\t", 2))
        .map(columns -> new PageLink(columns[0], columns[1]))
        .toList();
  }

  private static List<String> files() {
    return lines(FOLDER + "files.txt");
  }

  private static List<String> lines(String resource) {
    return new String(read(resource), StandardCharsets.UTF_8).lines().toList();
  }

  private static byte[] read(String resource) {
    try (InputStream in = DocsSite.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the build has made no " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
