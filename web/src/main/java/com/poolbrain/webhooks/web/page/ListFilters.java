package com.poolbrain.webhooks.web.page;

import com.poolbrain.webhooks.events.WireTimestamp;
import com.poolbrain.webhooks.http.input.FormFields;
import com.poolbrain.webhooks.web.component.ChipView;
import com.poolbrain.webhooks.web.component.ExportView;
import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.component.FormError;
import com.poolbrain.webhooks.web.component.OptionView;
import com.poolbrain.webhooks.web.component.SelectView;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the filters of a list from its URL, one by one, and keeps what the page needs to show
/// them: the fields with what was typed, the chips of those that are set, and their errors.
///
/// A time may be an instant, as links have it, or a local time, as browsers send it. [#canonical()]
/// is the URL with instants only, which means the same in each zone.
public final class ListFilters {

  private static final LocalTime END_OF_MINUTE = LocalTime.of(0, 0, 59, 999_000_000);
  private static final int LOCAL_LENGTH = "2026-02-13T06:42".length();

  private final String path;
  private final FormFields query;
  private final Times times;
  private final PageTrail trail;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> chips = new LinkedHashMap<>();
  private final List<FormError> errors = new ArrayList<>();
  private boolean isCanonical = true;

  /// @param path of the list
  public ListFilters(String path, FormFields query, Times times) {
    this.path = path;
    this.query = query;
    this.times = times;
    this.trail = PageTrail.parse(query.text(PageTrail.PARAMETER));
  }

  /// A text that a function reads.
  ///
  /// @param parser null for a text that it does not understand
  /// @param explain what to do about such a text
  public <T> @Nullable T parsed(
      String name,
      String label,
      int maxLength,
      Function<String, @Nullable T> parser,
      Function<T, String> toChip,
      Function<String, String> explain) {
    String text = typed(name);
    if (text.isEmpty()) {
      return null;
    }
    T value = text.length() > maxLength ? null : parser.apply(text);
    if (value == null) {
      errors.add(new FormError("f-" + name, label, explain.apply(text)));
      return null;
    }
    keep(name, text, label + ": " + toChip.apply(value));
    return value;
  }

  /// Any text.
  public @Nullable String text(String name, String label, int maxLength) {
    return parsed(
        name,
        label,
        maxLength,
        text -> text,
        text -> text,
        _ -> "give at most " + maxLength + " characters.");
  }

  /// A time. A local time without seconds is the begin of its minute, or the end.
  public @Nullable Instant time(String name, String label, boolean isEnd) {
    String text = typed(name);
    if (text.isEmpty()) {
      return null;
    }
    Instant at = instant(text, isEnd);
    if (at == null || at.isBefore(Instant.EPOCH)) {
      errors.add(
          new FormError(
              "f-" + name, label, "give a day and a time from 1970 on, such as 2026-02-13T06:42."));
      return null;
    }
    String canonical = DateTimeFormatter.ISO_INSTANT.format(at);
    isCanonical &= canonical.equals(text);
    keep(name, canonical, label + ": " + times.absolute(at));
    return at;
  }

  private @Nullable Instant instant(String text, boolean isEnd) {
    try {
      return WireTimestamp.parse(text);
    } catch (IllegalArgumentException _) {
      return local(text, isEnd);
    }
  }

  private @Nullable Instant local(String text, boolean isEnd) {
    try {
      Instant at = LocalDateTime.parse(text.replace(' ', 'T')).atZone(times.zone()).toInstant();
      return isEnd && text.length() == LOCAL_LENGTH
          ? at.plus(1, ChronoUnit.MINUTES).minusMillis(1)
          : at;
    } catch (DateTimeException _) {
      return null;
    }
  }

  private String typed(String name) {
    String text = query.text(name).strip();
    isCanonical &= !query.has(name) || !text.isEmpty();
    return text;
  }

  private void keep(String name, String value, String chip) {
    values.put(name, value);
    chips.put(name, chip);
  }

  /// Whether a parameter is in the URL, even if it is empty.
  public boolean isSent(String name) {
    return query.has(name);
  }

  /// The field of a text with what was typed.
  public FieldView field(String name, String label) {
    return FieldView.of(name, label, query.text(name).strip()).withError(error(name));
  }

  /// The field of a time. Browsers drop what is no time, so such a text is shown as a text.
  public FieldView timeField(String name, String label) {
    String kept = values.get(name);
    FieldView field = field(name, label);
    if (kept == null) {
      return field.error() == null ? field.withType("datetime-local") : field;
    }
    return FieldView.of(name, label, toLocal(kept)).withType("datetime-local");
  }

  /// The local time that [#local] reads as the same instant. Browsers take milliseconds at most.
  private String toLocal(String instant) {
    LocalDateTime at =
        LocalDateTime.ofInstant(Instant.parse(instant), times.zone())
            .truncatedTo(ChronoUnit.MILLIS);
    LocalTime ofMinute = at.toLocalTime().withHour(0).withMinute(0);
    boolean isMinute = ofMinute.equals(LocalTime.MIDNIGHT) || ofMinute.equals(END_OF_MINUTE);
    return isMinute
        ? times.local(Instant.parse(instant))
        : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(at);
  }

  private @Nullable String error(String name) {
    return errors.stream()
        .filter(error -> error.fieldId().equals("f-" + name))
        .map(FormError::detail)
        .findFirst()
        .orElse(null);
  }

  /// The list to select from, beginning with any.
  ///
  /// @param options labels by value
  public SelectView select(String name, String label, String any, Map<String, String> options) {
    String selected = query.text(name).strip();
    List<OptionView> all = new ArrayList<>();
    all.add(new OptionView("", any, selected.isEmpty()));
    options.forEach((value, text) -> all.add(new OptionView(value, text, value.equals(selected))));
    if (!selected.isEmpty() && !options.containsKey(selected)) {
      all.add(new OptionView(selected, selected, true));
    }
    return new SelectView(name, label, all);
  }

  /// The filters that are set, each with the list without it.
  public List<ChipView> chips() {
    return chips.entrySet().stream()
        .map(chip -> {
          Map<String, String> others = new LinkedHashMap<>(values);
          others.remove(chip.getKey());
          return new ChipView(chip.getValue(), QueryText.append(path, others));
        })
        .toList();
  }

  public List<FormError> errors() {
    return List.copyOf(errors);
  }

  /// Whether no filter is set.
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /// The form that exports the list with these filters.
  public ExportView export() {
    return new ExportView(path + "/export", values);
  }

  /// The URL of something below the list, with these filters.
  ///
  /// @param name follows the path of the list
  public String below(String name) {
    return QueryText.append(path + "/" + name, values);
  }

  /// Whether the URL is the one that means the same in each zone, without empty parameters.
  public boolean isCanonical() {
    return isCanonical;
  }

  /// That URL.
  public String canonical() {
    return at(trail);
  }

  /// The list without filters.
  public String path() {
    return path;
  }

  /// Which page of the list is shown.
  public PageTrail trail() {
    return trail;
  }

  /// The URL of another page of the list with the same filters.
  public String at(PageTrail other) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.put(PageTrail.PARAMETER, other.text());
    return QueryText.append(path, all);
  }
}
