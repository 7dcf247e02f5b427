package com.poolbrain.webhooks.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules for migrations. The previous version of the service works on the schema during a migration
/// and after it. So a migration may only expand the schema.
final class MigrationRules {

  /// A forbidden pattern and why it is forbidden.
  private record Rule(String message, Pattern forbiddenPattern) {
    Rule(String message, String forbiddenPattern) {
      this(message, Pattern.compile(forbiddenPattern));
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "drops what the previous version reads",
              "\\bdrop (table|column|view|schema|function)\\b"),
          new Rule("drops a column", "\\balter table \\S+ drop (?!constraint|not null|default)"),
          new Rule("renames what the previous version uses", "\\brename\\b"),
          new Rule(
              "changes a type, which rewrites the table",
              "\\balter (column )?\\S+ (set data )?type\\b"),
          new Rule("forbids values that the previous version may write", "\\bset not null\\b"),
          new Rule(
              "adds a column that the previous version does not set",
              "\\badd (column )?(if not exists )?(?!constraint)[^,;]*\\bnot null\\b(?![^,;]*\\bdefault\\b)(?<!default [^,;]{0,80} not null)"),
          new Rule(
              "checks all rows while it holds a lock",
              "\\badd constraint (?![^;]*\\bnot valid\\b)"),
          new Rule("removes rows", "\\b(truncate|delete from)\\b"),
          new Rule("locks a table", "\\block (table )?\\w+ in\\b"));

  private static final Pattern LOCKING_STATEMENT =
      Pattern.compile("\\b(alter table|create trigger|create (unique )?index(?! concurrently))\\b");

  private static final Pattern CREATED_TABLE =
      Pattern.compile("\\bcreate table (?:if not exists )?(\\w+)");

  private static final Pattern INDEXED_TABLE =
      Pattern.compile("\\bcreate (?:unique )?index (?!concurrently)[^;]*? on (?:only )?(\\w+)");

  private MigrationRules() {}

  /// The violated rules of a migration, as texts.
  static List<String> findViolations(String sql) {
    String text = normalize(sql);
    List<String> violations = new ArrayList<>();
    for (Rule rule : RULES) {
      Matcher matcher = rule.forbiddenPattern().matcher(text);
      if (matcher.find()) {
        violations.add("%s: %s".formatted(rule.message(), matcher.group()));
      }
    }
    List<String> createdTables =
        CREATED_TABLE.matcher(text).results().map(match -> match.group(1)).toList();
    INDEXED_TABLE
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .filter(table -> !createdTables.contains(table))
        .forEach(
            table -> violations.add("blocks writes to " + table + " while it creates an index"));
    if (LOCKING_STATEMENT.matcher(text).find() && !text.contains("lock_timeout")) {
      violations.add(
          "waits for a lock without lock_timeout, and blocks other statements meanwhile");
    }
    return violations;
  }

  /// The text without comments, in lower case, with single spaces.
  private static String normalize(String sql) {
    return sql.replaceAll("--[^\n]*", " ")
        .replaceAll("(?s)/\\*.*?\\*/", " ")
        .replaceAll("\\s+", " ")
        .toLowerCase(Locale.ROOT);
  }
}
