package com.poolbrain.webhooks.server.http;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What somebody may have meant: the known word that needs the fewest letters changed.
public final class Nearest {

  private static final int LONGEST = 128;

  private Nearest() {}

  /// The known word nearest to `word`, if it is near enough to be a slip; else null.
  public static @Nullable String to(String word, Collection<String> known) {
    return to(word, known, 0);
  }

  private static @Nullable String to(String word, Collection<String> known, int shared) {
    if (word.length() > LONGEST) {
      return null;
    }
    String wanted = word.toLowerCase(Locale.ROOT);
    String nearest = null;
    int letters = Math.max(0, word.length() - shared);
    int fewest = Math.min(letters / 2, Math.max(2, letters / 3)) + 1;
    for (String candidate : known) {
      int changes = changes(wanted, candidate.toLowerCase(Locale.ROOT));
      if (changes < fewest) {
        fewest = changes;
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
  public static String hint(String word, Collection<String> known, int shared) {
    String nearest = to(word, known, shared);
    return nearest == null ? "" : " Did you mean '" + nearest + "'?";
  }

  /// Letters to insert, remove, replace or swap with their neighbour.
  private static int changes(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
