package com.poolbrain.webhooks.http;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What somebody may have meant: the known word that needs the fewest letters changed.
public final class NearestWord {

  private static final int MAX_LENGTH = 128;

  private NearestWord() {}

  /// The known word nearest to `word`, if it is near enough to be a slip; else null.
  public static @Nullable String find(String word, Collection<String> known) {
    return find(word, known, 0);
  }

  private static @Nullable String find(
      String word, Collection<String> known, int sharedPrefixLength) {
    if (word.length() > MAX_LENGTH) {
      return null;
    }
    String lowerCaseWord = word.toLowerCase(Locale.ROOT);
    String nearest = null;
    int distinctLength = Math.max(0, word.length() - sharedPrefixLength);
    int bestDistance = Math.min(distinctLength / 2, Math.max(2, distinctLength / 3)) + 1;
    for (String candidate : known) {
      int distance = editDistance(lowerCaseWord, candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        bestDistance = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /// ` Did you mean 'x'?`, or nothing.
  public static String hint(String word, Collection<String> known) {
    return hint(word, known, 0);
  }

  /// The same for words that all begin with so many letters, which make no two of them alike.
  public static String hint(String word, Collection<String> known, int sharedPrefixLength) {
    String nearest = find(word, known, sharedPrefixLength);
    return nearest == null ? "" : " Did you mean '" + nearest + "'?";
  }

  /// Letters to insert, remove, replace or swap with their neighbour.
  private static int editDistance(String a, String b) {
    int[] rowBeforePrevious = new int[b.length() + 1];
    int[] previousRow = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previousRow[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previousRow[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previousRow[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], rowBeforePrevious[j - 2] + 1);
        }
      }
      int[] recycledRow = rowBeforePrevious;
      rowBeforePrevious = previousRow;
      previousRow = row;
      row = recycledRow;
    }
    return previousRow[b.length()];
  }
}
