package com.poolbrain.webhooks.web.endpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The snippets, which are the files of the folder `docs/snippets`, in the order of its file
/// `index.txt`.
final class Snippets {

  private static final String FOLDER = "/com/poolbrain/webhooks/web/snippets/";

  private Snippets() {}

  /// All snippets, in the order of the index.
  static List<Snippet> read() {
    List<Snippet> snippets = new ArrayList<>();
    for (String line : text("index.txt").lines().toList()) {
      String[] parts = line.split(" +", 2);
      if (parts.length == 2) {
        snippets.add(new Snippet(parts[1], parts[0], text(parts[0]).strip()));
      }
    }
    return List.copyOf(snippets);
  }

  /// The snippet of an id; the first one for any other text.
  static Snippet find(List<Snippet> snippets, String id) {
    return snippets.stream()
        .filter(snippet -> snippet.id().equals(id))
        .findFirst()
        .orElse(snippets.getFirst());
  }

  private static String text(String name) {
    InputStream in =
        Objects.requireNonNull(Snippets.class.getResourceAsStream(FOLDER + name), name);
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.readAllAsString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
