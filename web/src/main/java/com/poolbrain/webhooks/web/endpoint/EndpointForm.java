package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.http.input.FormFields;
import com.poolbrain.webhooks.management.EndpointInput;
import com.poolbrain.webhooks.management.Field;
import com.poolbrain.webhooks.web.component.FormError;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a user typed into the form of an endpoint, and what is wrong with it.
///
/// @param texts of the text fields, by name
/// @param events the names that are ticked, canonical or aliases
/// @param version of the endpoint that the user has seen; empty for a new one
/// @param errors by the name of their field
record EndpointForm(
    Map<String, String> texts,
    List<String> events,
    boolean standardWebhooks,
    boolean traceContext,
    String version,
    Map<String, String> errors) {

  private static final String NOT_A_NUMBER = "Give a number, or leave it empty.";

  /// The text fields with their labels, in the order of the form.
  static final Map<String, String> LABELS = labels();

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("url", "Endpoint URL");
    labels.put("events", "Events");
    labels.put("description", "Description");
    labels.put("alert_emails", "Alert e-mails");
    labels.put("timeout_seconds", "Timeout");
    labels.put("max_concurrency", "Requests at a time");
    labels.put("rate_per_second", "Requests per second");
    labels.put("standard_webhooks", "Standard Webhooks headers");
    return labels;
  }

  /// The form of a new endpoint.
  static EndpointForm empty() {
    return new EndpointForm(Map.of(), List.of(), false, false, "", Map.of());
  }

  /// The form with the present values of an endpoint.
  static EndpointForm of(Endpoint endpoint) {
    Endpoint.DeliveryOptions options = endpoint.deliveryOptions();
    Duration timeout = options.timeout();
    Map<String, String> texts = new HashMap<>();
    texts.put("url", endpoint.url().toString());
    texts.put("description", endpoint.description());
    texts.put("alert_emails", String.join("\n", endpoint.alertEmails()));
    texts.put("timeout_seconds", timeout == null ? "" : Long.toString(timeout.toSeconds()));
    texts.put("max_concurrency", text(options.maxConcurrency()));
    texts.put("rate_per_second", plain(options.ratePerSecond()));
    return new EndpointForm(
        texts,
        endpoint.subscribedEvents(),
        options.standardWebhooks(),
        options.traceContext(),
        Long.toString(endpoint.version()),
        Map.of());
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String plain(@Nullable Double value) {
    return value == null
        ? ""
        : new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
  }

  /// The form as it was sent.
  static EndpointForm parse(FormFields fields) {
    Map<String, String> texts = new HashMap<>();
    LABELS.keySet().forEach(name -> texts.put(name, fields.text(name).strip()));
    List<String> events =
        fields.all("events").stream()
            .map(name -> {
              String chosen = fields.trimmed("name:" + name);
              return chosen == null ? name : chosen;
            })
            .toList();
    return new EndpointForm(
        texts,
        events,
        fields.has("standard_webhooks"),
        fields.has("trace_context"),
        fields.text("version"),
        Map.of());
  }

  /// The same form with errors of the use case.
  EndpointForm withErrors(List<ValidationError> found) {
    Map<String, String> all = new LinkedHashMap<>(errors);
    for (ValidationError error : found) {
      String field = error.pointer().split("/", -1)[1];
      all.putIfAbsent(field, error.detail());
    }
    return new EndpointForm(texts, events, standardWebhooks, traceContext, version, all);
  }

  /// The same form with an error of one field.
  EndpointForm withError(String field, String detail) {
    return withErrors(List.of(new ValidationError("/" + field, detail)));
  }

  /// The errors for the summary, in the order of the form.
  List<FormError> errorList() {
    return LABELS.entrySet().stream()
        .filter(label -> errors.containsKey(label.getKey()))
        .map(label ->
            new FormError(
                "f-" + label.getKey(), label.getValue(), errors.getOrDefault(label.getKey(), "")))
        .toList();
  }

  String text(String name) {
    return texts.getOrDefault(name, "");
  }

  /// The input of the use case, and the numbers that are none.
  EndpointInput toInput(List<ValidationError> notNumbers) {
    return new EndpointInput(
        new Field<>(true, text("url")),
        new Field<>(true, events),
        new Field<>(true, text("description").isEmpty() ? null : text("description")),
        Field.absent(),
        Field.absent(),
        number("timeout_seconds", Long::valueOf, notNumbers),
        number("max_concurrency", Long::valueOf, notNumbers),
        number("rate_per_second", Double::valueOf, notNumbers),
        new Field<>(true, standardWebhooks),
        new Field<>(true, traceContext),
        new Field<>(true, emails()));
  }

  private List<String> emails() {
    return new ArrayList<>(
        Stream.of(text("alert_emails").split("[\\s,;]+", -1))
            .filter(email -> !email.isEmpty())
            .toList());
  }

  private <T> Field<T> number(
      String name, Function<String, T> parser, List<ValidationError> notNumbers) {
    String text = text(name);
    if (text.isEmpty()) {
      return new Field<>(true, null);
    }
    try {
      return new Field<>(true, parser.apply(text));
    } catch (NumberFormatException _) {
      notNumbers.add(new ValidationError("/" + name, NOT_A_NUMBER));
      return Field.absent();
    }
  }
}
