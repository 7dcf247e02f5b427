package com.poolbrain.webhooks.web.component;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A question before something is lost or many things are touched.
///
/// @param title the question
/// @param points what happens, with numbers
/// @param verb of the button that does it; null if there is nothing to do
/// @param isHarmless whether nothing is lost by it
/// @param keep text of the link that does nothing
/// @param action target of the form
/// @param fields hidden fields of the form
/// @param back path of the page to return to
/// @param typed what the user must type to confirm; null for nothing
/// @param error why the last answer was refused; null if there was none
public record QuestionView(
    String title,
    List<String> points,
    @Nullable String verb,
    boolean isHarmless,
    String keep,
    String action,
    Map<String, String> fields,
    String back,
    @Nullable String typed,
    @Nullable String error) {

  public QuestionView {
    points = List.copyOf(points);
    fields = Map.copyOf(fields);
  }

  /// A question before something is lost.
  public QuestionView(
      String title,
      List<String> points,
      String verb,
      String keep,
      String action,
      Map<String, String> fields,
      String back,
      @Nullable String typed,
      @Nullable String error) {
    this(title, points, verb, false, keep, action, fields, back, typed, error);
  }

  /// A question that is answered by a click.
  public QuestionView(
      String title, List<String> points, String verb, String keep, String action, String back) {
    this(title, points, verb, keep, action, Map.of(), back, null, null);
  }
}
