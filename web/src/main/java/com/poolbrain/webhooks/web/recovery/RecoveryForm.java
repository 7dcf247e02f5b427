package com.poolbrain.webhooks.web.recovery;

import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.http.input.FormFields;
import com.poolbrain.webhooks.http.input.UuidText;
import com.poolbrain.webhooks.management.job.RecoveryInput;
import com.poolbrain.webhooks.management.job.RecoveryManagement;
import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.component.FormError;
import com.poolbrain.webhooks.web.component.OptionView;
import com.poolbrain.webhooks.web.component.SelectView;
import com.poolbrain.webhooks.web.page.EndpointNames;
import com.poolbrain.webhooks.web.page.ListFilters;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was typed into the form of the tab Recovery.
///
/// @param kind of the job; null before a button was pressed
/// @param until the last moment of the range; null before the question was asked
/// @param ratePerSecond null for the default
/// @param errors of the fields
record RecoveryForm(
    ListFilters fields,
    @Nullable JobKind kind,
    @Nullable UUID endpointId,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Double ratePerSecond,
    List<FormError> errors) {

  private static final Duration USUAL_RANGE = Duration.ofDays(1);
  private static final int MAX_LENGTH = 40;

  RecoveryForm {
    errors = List.copyOf(errors);
  }

  /// Reads the fields, each of which may be missing.
  static RecoveryForm read(String path, FormFields sent, Times times) {
    var fields = new ListFilters(path, sent, times);
    JobKind kind =
        fields.parsed(
            "kind",
            "Job",
            MAX_LENGTH,
            RecoveryForm::findKind,
            JobKind::wireName,
            _ -> "press a button of this page.");
    UUID endpointId =
        fields.parsed(
            "endpoint_id",
            "Endpoint",
            MAX_LENGTH,
            UuidText::parse,
            UUID::toString,
            _ -> "select one of the list.");
    Instant since = fields.time("since", "Since", false);
    Instant until = fields.time("until", "Until", true);
    Double rate =
        fields.parsed(
            "rate",
            "Deliveries a second",
            MAX_LENGTH,
            RecoveryForm::parseRate,
            String::valueOf,
            _ -> "give a number such as 50.");
    return new RecoveryForm(fields, kind, endpointId, since, until, rate, fields.errors());
  }

  private static @Nullable JobKind findKind(String text) {
    return Stream.of(JobKind.RECOVER, JobKind.REPLAY_MISSING)
        .filter(kind -> kind.wireName().equals(text))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Double parseRate(String text) {
    return text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?") ? Double.valueOf(text) : null;
  }

  /// The job that is asked for. Its range ends now, so that what is counted is what is delivered.
  RecoveryInput input(JobKind jobKind, Instant now) {
    return new RecoveryInput(jobKind, since, until == null ? now : until, ratePerSecond);
  }

  /// The form with errors of what is missing, and of the rules that its job breaks.
  RecoveryForm check(RecoveryManagement recovery, Instant now) {
    if (!errors.isEmpty()) {
      return this;
    }
    List<FormError> found = new ArrayList<>();
    if (kind == null) {
      found.add(new FormError("f-endpoint_id", "Job", "press a button of this page."));
    }
    if (endpointId == null) {
      found.add(new FormError("f-endpoint_id", "Endpoint", "select one of the list."));
    }
    if (since == null) {
      found.add(
          new FormError("f-since", "Since", "give a day and a time, such as 2026-02-13T06:42."));
    } else {
      for (ValidationError broken : recovery.validate(input(JobKind.RECOVER, now))) {
        found.add(
            broken.pointer().equals("/rate_per_second")
                ? new FormError("f-rate", "Deliveries a second", broken.detail())
                : new FormError("f-since", "Since", broken.detail()));
      }
    }
    return new RecoveryForm(fields, kind, endpointId, since, until, ratePerSecond, found);
  }

  /// The list of endpoints. The only one is selected.
  SelectView endpoints(EndpointNames names) {
    Map<String, String> options = names.options();
    SelectView all = fields.select("endpoint_id", "Endpoint", "Select an endpoint", options);
    return options.size() == 1 && endpointId == null
        ? new SelectView(all.name(), all.label(), List.of(only(options)))
        : all;
  }

  private static OptionView only(Map<String, String> options) {
    var option = options.entrySet().iterator().next();
    return new OptionView(option.getKey(), option.getValue(), true);
  }

  /// The field of the first moment; of a new form a day ago.
  FieldView sinceField(Times times) {
    FieldView field =
        fields.isSent("since")
            ? fields.timeField("since", "Since")
            : FieldView.of("since", "Since", times.local(times.now().minus(USUAL_RANGE)))
                .withType("datetime-local");
    return field
        .withHint("What Pool Brain accepted from then on, in " + times.zoneName() + ".")
        .withError(error(field.id()));
  }

  /// The field of the rate.
  FieldView rateField() {
    String typed =
        fields.isSent("rate")
            ? fields.field("rate", "").value()
            : Integer.toString(RecoveryManagement.DEFAULT_RATE_PER_SECOND);
    FieldView field = FieldView.of("rate", "Deliveries a second", typed).withType("number");
    return field.withHint("At most. Live traffic goes first.").withError(error(field.id()));
  }

  private @Nullable String error(String fieldId) {
    return errors.stream()
        .filter(one -> one.fieldId().equals(fieldId))
        .map(FormError::detail)
        .findFirst()
        .orElse(null);
  }
}
