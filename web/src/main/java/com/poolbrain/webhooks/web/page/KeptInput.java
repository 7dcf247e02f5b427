package com.poolbrain.webhooks.web.page;

import com.poolbrain.webhooks.http.input.FormFields;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a user typed into a form that was refused because the session had ended.
///
/// @param fields in the order of the form
public record KeptInput(List<Field> fields) {

  /// The form has these for the server: the token of the session, and where it was sent from.
  private static final Set<String> NOT_TYPED = Set.of("csrf", "from", "typed", "probe");

  /// Needed to send the form again, but no text of the user.
  private static final Set<String> HIDDEN = Set.of("version", "endpoint_id");

  /// A value of a field.
  ///
  /// @param isShown whether it is worth reading
  public record Field(String name, String label, String value, boolean isShown) {

    /// The value may have tokens of an endpoint.
    @Override
    public String toString() {
      return "Field[" + name + "]";
    }
  }

  /// The input of a form without its secrets.
  static KeptInput of(FormFields form) {
    return new KeptInput(
        form.names().stream()
            .filter(name -> !NOT_TYPED.contains(name) && !isSecret(name))
            .flatMap(name ->
                form.all(name).stream()
                    .map(value -> new Field(name, label(name), value, isShown(name, value))))
            .toList());
  }

  private static boolean isSecret(String name) {
    return name.contains("secret") || name.contains("key");
  }

  private static boolean isShown(String name, String value) {
    return !HIDDEN.contains(name) && !value.isBlank();
  }

  /// `alert_emails` becomes "Alert emails".
  private static String label(String name) {
    String words = name.replace('_', ' ').replace(':', ' ');
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /// Whether there is anything to read.
  public boolean isEmpty() {
    return fields.stream().noneMatch(Field::isShown);
  }

  /// Fields may have tokens of endpoints.
  @Override
  public String toString() {
    return "KeptInput[" + fields.size() + " fields]";
  }
}
