package com.poolbrain.webhooks.site.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes the pages of the documentation: each file of Markdown in the folder `docs` becomes a page,
/// and files that pages link to are copied. A link without a target fails the build.
public final class SiteBuilder {

  /// The pages in the order in which a new reader needs them.
  private static final List<String> PAGES =
      List.of(
          "consumer-guide.md",
          "consumer.md",
          "page.md",
          "operations.md",
          "states.md",
          "glossary.md",
          "benchmarks.md",
          "testing.md",
          "decisions.md",
          "../SECURITY.md");

  private final Path docs;
  private final Path target;
  private final Map<String, MarkdownPage> pages = new LinkedHashMap<>();
  private final TreeSet<String> files = new TreeSet<>();
  private final List<String> deadLinks = new ArrayList<>();

  private SiteBuilder(Path docs, Path target) {
    this.docs = docs;
    this.target = target;
  }

  /// Builds the site of a project.
  ///
  /// @param arguments folder of the project, and the folder of classes that the site becomes a
  ///   resource of
  public static void main(String... arguments) throws IOException {
    build(
        Path.of(arguments[0]).resolve("docs"),
        Path.of(arguments[1], "com", "poolbrain", "webhooks", "site", "pages"),
        PAGES);
  }

  /// Builds a site.
  ///
  /// @param sources files of Markdown, relative to the folder
  /// @throws IllegalStateException if a link has no target, or a page is not among the sources; the
  ///   message names all of them
  static void build(Path docs, Path target, List<String> sources) throws IOException {
    SiteBuilder builder = new SiteBuilder(docs, target);
    builder.requireAll(sources);
    for (String source : sources) {
      builder.pages.put(source, MarkdownPage.parse(Files.readString(docs.resolve(source))));
    }
    builder.write();
  }

  /// A new file of the documentation needs a place in the order.
  private void requireAll(List<String> sources) throws IOException {
    try (Stream<Path> entries = Files.list(docs)) {
      List<String> missing =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(file -> file.endsWith(".md") && !sources.contains(file))
              .sorted()
              .toList();
      if (!missing.isEmpty()) {
        throw new IllegalStateException("pages without a place: " + String.join(", ", missing));
      }
    }
  }

  private void write() throws IOException {
    Files.createDirectories(target);
    for (var page : pages.entrySet()) {
      page.getValue().rewriteTargets(link -> rewrite(page.getKey(), link));
      writeText(path(page.getKey()) + ".html", frame(page.getKey(), page.getValue()));
    }
    if (!deadLinks.isEmpty()) {
      throw new IllegalStateException("links without a target: " + String.join(", ", deadLinks));
    }
    writeText("style.css", resource("style.css"));
    Files.writeString(target.resolve("navigation.txt"), navigation());
    Files.writeString(target.resolve("files.txt"), String.join("\n", files) + "\n");
  }

  /// The path of a page below the site.
  private static String path(String source) {
    String file = Path.of(source).getFileName().toString();
    return file.substring(0, file.lastIndexOf('.')).toLowerCase(Locale.ROOT);
  }

  /// The target of a link on the site; empty for files of the project that the site does not have.
  private Optional<String> rewrite(String source, String link) {
    if (link.matches("[a-z]+:.*")) {
      return Optional.of(link);
    }
    String[] parts = link.split("#", 2);
    String file = parts[0].isEmpty() ? source : beside(source, parts[0]);
    String anchor = parts.length == 2 ? parts[1] : "";
    MarkdownPage page = pages.get(file);
    if (page != null && (anchor.isEmpty() || page.anchors().contains(anchor))) {
      return Optional.of("/docs/" + path(file) + (anchor.isEmpty() ? "" : "#" + anchor));
    }
    if (page != null || !Files.exists(docs.resolve(file))) {
      deadLinks.add(link + " in " + source);
      return Optional.of(link);
    }
    return file.startsWith("..") ? Optional.empty() : Optional.of("/docs/" + copy(file));
  }

  /// A file that a page links to, relative to the folder of the documentation.
  private String beside(String source, String link) {
    return docs.relativize(docs.resolve(source).resolveSibling(link).normalize()).toString();
  }

  /// Copies a file, or the files of a folder, which gets a page that lists them.
  private String copy(String source) {
    try {
      if (Files.isDirectory(docs.resolve(source))) {
        writeText(source + ".html", frame("", MarkdownPage.parse(listing(source))));
        return source;
      }
      Path copy = target.resolve(source);
      Files.createDirectories(copy.getParent());
      Files.write(copy, Files.readAllBytes(docs.resolve(source)));
      files.add(source);
      return source;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String listing(String folder) throws IOException {
    StringBuilder markdown = new StringBuilder("# " + folder + "\n\n");
    try (Stream<Path> entries = Files.list(docs.resolve(folder))) {
      for (Path entry : entries.filter(Files::isRegularFile).sorted().toList()) {
        String file = folder + "/" + entry.getFileName();
        markdown.append("- [%s](/docs/%s)\n".formatted(entry.getFileName(), copy(file)));
      }
    }
    return markdown.toString();
  }

  private void writeText(String file, String text) throws IOException {
    Files.writeString(target.resolve(file), text);
    files.add(file);
  }

  private String navigation() {
    return pages.entrySet().stream()
        .map(page -> path(page.getKey()) + "\t" + page.getValue().title() + "\n")
        .collect(Collectors.joining());
  }

  private String frame(String source, MarkdownPage page) throws IOException {
    String links =
        pages.entrySet().stream()
            .map(other ->
                "  <a href=\"/docs/%s\"%s>%s</a>\n"
                    .formatted(
                        path(other.getKey()),
                        other.getKey().equals(source) ? " aria-current=\"page\"" : "",
                        escape(other.getValue().title())))
            .collect(Collectors.joining());
    return resource("page.html")
        .replace("{{title}}", escape(page.title()))
        .replace("{{navigation}}", links)
        .replace("{{content}}", page.html());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        SiteBuilder.class.getResourceAsStream("/com/poolbrain/webhooks/site/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }
}
