package com.poolbrain.webhooks.web.page;

/// Indents JSON for people. Every number, name and text keeps the characters that it has.
public final class PrettyJson {

  private static final String INDENT = "  ";

  private PrettyJson() {}

  /// The same JSON on several lines.
  ///
  /// @param json valid JSON
  public static String of(String json) {
    var out = new StringBuilder(json.length() * 2);
    int depth = 0;
    boolean isInText = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (isInText) {
        out.append(c);
        if (c == '\\' && i + 1 < json.length()) {
          out.append(json.charAt(++i));
        } else if (c == '"') {
          isInText = false;
        }
        continue;
      }
      switch (c) {
        case '"' -> {
          isInText = true;
          out.append(c);
        }
        case '{', '[' -> {
          int next = skipSpace(json, i + 1);
          boolean isEmpty =
              next < json.length() && (json.charAt(next) == '}' || json.charAt(next) == ']');
          out.append(c);
          if (isEmpty) {
            out.append(json.charAt(next));
            i = next;
          } else {
            newLine(out, ++depth);
          }
        }
        case '}', ']' -> {
          newLine(out, --depth);
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          newLine(out, depth);
        }
        case ':' -> out.append(": ");
        case ' ', '\n', '\r', '\t' -> {}
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static int skipSpace(String json, int from) {
    int i = from;
    while (i < json.length() && Character.isWhitespace(json.charAt(i))) {
      i++;
    }
    return i;
  }

  private static void newLine(StringBuilder out, int depth) {
    out.append('\n').append(INDENT.repeat(Math.max(0, depth)));
  }
}
