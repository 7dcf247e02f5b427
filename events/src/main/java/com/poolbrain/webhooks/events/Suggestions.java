package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.internal.Utf8;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// "Did you mean …?": known names that a misspelled name may stand for.
///
/// A known name is near if it holds all words of the misspelled one (words are separated by `.` or
/// `_`), or if few letters differ: at most a third of the misspelled name's letters (2 if that is
/// more), at most half of them, and at most 8. Upper and lower case are equal.
public final class Suggestions {

  private static final int MAX_SUGGESTIONS = 3;

  /// Longer names get no suggestion. Together with [#MAX_DISTANCE] it bounds the time that
  /// strangers can make a suggestion take: paths are compared before a request is authorized.
  private static final int MAX_COMPARED_LENGTH = 128;

  private static final int MAX_DISTANCE = 8;
  private static final Pattern WORD_SEPARATOR = Pattern.compile("[._]");
  private static final int MAX_SHOWN_LENGTH = 40;

  private Suggestions() {}

  private record Candidate(String name, int distance) {}

  /// The known name nearest to a name, the first of several; null if none is near.
  public static @Nullable String nearest(String name, Collection<String> known) {
    List<String> suggestions = of(name, known);
    return suggestions.isEmpty() ? null : suggestions.get(0);
  }

  /// " Did you mean 'name'?" with the nearest known name, to append to a sentence; empty if none is
  /// near.
  public static String question(String name, Collection<String> known) {
    String nearest = nearest(name, known);
    return nearest == null ? "" : " Did you mean '" + nearest + "'?";
  }

  /// The known names that are near a name, nearest first, at most 3.
  static List<String> of(String name, Collection<String> known) {
    if (name.length() > MAX_COMPARED_LENGTH) {
      return List.of();
    }
    String input = name.toLowerCase(Locale.ROOT);
    Set<String> inputWords = words(input);
    int maxDistance = maxDistance(input.length());
    List<Candidate> candidates = new ArrayList<>();
    for (String candidate : known) {
      String lowerCased = candidate.toLowerCase(Locale.ROOT);
      int distance = editDistance(input, lowerCased, maxDistance);
      if (distance > 1 && words(lowerCased).containsAll(inputWords)) {
        distance = 1;
      }
      if (distance <= maxDistance) {
        candidates.add(new Candidate(candidate, distance));
      }
    }
    candidates.sort(Comparator.comparingInt(Candidate::distance));
    return candidates.stream().limit(MAX_SUGGESTIONS).map(Candidate::name).toList();
  }

  /// "did you mean …?" with the nearest name; null if none is near.
  static @Nullable String hint(String name, Collection<String> known) {
    String nearest = nearest(name, known);
    return nearest == null ? null : "did you mean \"" + nearest + "\"?";
  }

  /// A received name, cut to 40 characters for use in a message.
  public static String abbreviate(String name) {
    return Utf8.replaceLoneSurrogates(
        name.length() <= MAX_SHOWN_LENGTH ? name : name.substring(0, MAX_SHOWN_LENGTH) + "…");
  }

  private static int maxDistance(int length) {
    return Math.min(MAX_DISTANCE, Math.min(length / 2, Math.max(2, length / 3)));
  }

  private static Set<String> words(String name) {
    return new HashSet<>(List.of(WORD_SEPARATOR.split(name, -1)));
  }

  /// The number of letters to insert, remove, replace or swap with the next one (optimal string
  /// alignment distance); `limit + 1` if it is above the limit.
  static int editDistance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      int rowMinimum = Integer.MAX_VALUE;
      for (int j = 0; j <= b.length(); j++) {
        distance[i][j] = i == 0 || j == 0 ? i + j : cellDistance(a, b, i, j, distance);
        rowMinimum = Math.min(rowMinimum, distance[i][j]);
      }
      if (rowMinimum > limit) { // later rows have no smaller values
        return limit + 1;
      }
    }
    return Math.min(distance[a.length()][b.length()], limit + 1);
  }

  private static int cellDistance(String a, String b, int i, int j, int[][] distance) {
    int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
  }
}
