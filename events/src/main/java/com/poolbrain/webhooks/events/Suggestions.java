package com.poolbrain.webhooks.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the names that somebody may have meant.
final class Suggestions {

  private static final int MAX_SUGGESTIONS = 3;
  private static final int MAX_SHOWN_LENGTH = 40;

  private Suggestions() {}

  private record Candidate(String name, int distance) {}

  /// The known names that are near this one, nearest first: few letters away, or holding all of its
  /// words.
  static List<String> of(String name, Collection<String> known) {
    String input = abbreviate(name).toLowerCase(Locale.ROOT);
    int maxDistance = Math.max(2, input.length() / 4);
    List<Candidate> candidates = new ArrayList<>();
    for (String candidate : known) {
      String lowerCased = candidate.toLowerCase(Locale.ROOT);
      boolean containsAllWords = words(lowerCased).containsAll(words(input));
      int distance =
          Math.min(editDistance(input, lowerCased), containsAllWords ? 1 : Integer.MAX_VALUE);
      if (distance <= maxDistance) {
        candidates.add(new Candidate(candidate, distance));
      }
    }
    candidates.sort(Comparator.comparingInt(Candidate::distance));
    return candidates.stream().limit(MAX_SUGGESTIONS).map(Candidate::name).toList();
  }

  /// "did you mean …?" with the nearest name; null if none is near.
  static @Nullable String hint(String name, Collection<String> known) {
    List<String> nearest = of(name, known);
    return nearest.isEmpty() ? null : "did you mean \"" + nearest.get(0) + "\"?";
  }

  /// A name that somebody sent, cut so that it can stand in a sentence.
  static String abbreviate(String name) {
    return ValidationError.replaceLoneSurrogates(
        name.length() <= MAX_SHOWN_LENGTH ? name : name.substring(0, MAX_SHOWN_LENGTH) + "…");
  }

  private static Set<String> words(String name) {
    return new HashSet<>(List.of(name.split("[._]", -1)));
  }

  /// Letters to insert, remove, replace or swap with their neighbour (optimal string alignment).
  static int editDistance(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        distance[i][j] = i == 0 || j == 0 ? i + j : cellDistance(a, b, i, j, distance);
      }
    }
    return distance[a.length()][b.length()];
  }

  private static int cellDistance(String a, String b, int i, int j, int[][] distance) {
    int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
  }
}
