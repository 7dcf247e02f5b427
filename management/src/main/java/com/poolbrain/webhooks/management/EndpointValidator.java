package com.poolbrain.webhooks.management;

import static com.poolbrain.webhooks.management.EndpointLimits.MAX_ALERT_EMAILS;
import static com.poolbrain.webhooks.management.EndpointLimits.MAX_CONCURRENCY;
import static com.poolbrain.webhooks.management.EndpointLimits.MAX_DESCRIPTION_LENGTH;
import static com.poolbrain.webhooks.management.EndpointLimits.MAX_EVENT_NAMES;
import static com.poolbrain.webhooks.management.EndpointLimits.MAX_RATE_PER_SECOND;
import static com.poolbrain.webhooks.management.EndpointLimits.MAX_SECRET_LENGTH;
import static com.poolbrain.webhooks.management.EndpointLimits.MAX_TIMEOUT_SECONDS;
import static com.poolbrain.webhooks.management.EndpointLimits.MIN_CONCURRENCY;
import static com.poolbrain.webhooks.management.EndpointLimits.MIN_RATE_PER_SECOND;
import static com.poolbrain.webhooks.management.EndpointLimits.MIN_SECRET_CHARACTERS;
import static com.poolbrain.webhooks.management.EndpointLimits.MIN_SECRET_LENGTH;
import static com.poolbrain.webhooks.management.EndpointLimits.MIN_TIMEOUT_SECONDS;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.address.AddressGuard;
import com.poolbrain.webhooks.domain.text.EmailAddress;
import com.poolbrain.webhooks.domain.text.TextRule;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.url.EndpointUrlValidator;
import com.poolbrain.webhooks.signature.Secret;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules for endpoints, each with its sentence.
public final class EndpointValidator {

  private final EventTypeRegistry eventTypes;
  private final EndpointUrlValidator urlValidator;

  /// @param addressGuard refuses addresses that nothing is sent to
  /// @param allowHttp whether plain HTTP to loopback addresses is allowed, for development
  public EndpointValidator(
      EventTypeRegistry eventTypes, AddressGuard addressGuard, boolean allowHttp) {
    this.eventTypes = eventTypes;
    this.urlValidator = new EndpointUrlValidator(addressGuard, allowHttp);
  }

  /// The rule that a URL breaks; null if it breaks none.
  @Nullable String findUrlError(String url) {
    return urlValidator.findError(url);
  }

  /// The rules that a new endpoint breaks.
  List<ValidationError> validateNew(EndpointInput input) {
    var check = new InputCheck();
    check.required("/url", input.url().value(), "the https URL that events are sent to");
    check.required("/events", input.events().value(), "an array of event names");
    checkFields(check, input);
    String secret = input.secret().value();
    if (secret != null
        && findSecretError(secret) == null
        && input.standardWebhooks().orElse(false)
        && !Secret.parse(secret).supportsStandardWebhooks()) {
      check.add("/standard_webhooks", standardSecretError());
    }
    return check.errors();
  }

  /// The rules that a change breaks, whatever the endpoint was before.
  List<ValidationError> validateChange(EndpointInput input) {
    var check = new InputCheck();
    checkFields(check, input);
    return check.errors();
  }

  /// The rules that a changed endpoint breaks. Standard Webhooks headers can stay on with an
  /// unreadable secret, but can't be switched on.
  List<ValidationError> validateSecret(Endpoint before, Endpoint after) {
    SigningSecrets secrets = after.signingSecrets();
    boolean isValid =
        !after.deliveryOptions().standardWebhooks()
            || (secrets.isReadable()
                ? Secret.parse(secrets.active()).supportsStandardWebhooks()
                : before.deliveryOptions().standardWebhooks());
    return isValid
        ? List.of()
        : List.of(new ValidationError("/standard_webhooks", standardSecretError()));
  }

  /// The rules that a chosen secret breaks; null breaks none.
  public static List<ValidationError> validateChosenSecret(@Nullable String secret) {
    var check = new InputCheck();
    checkSecret(check, secret);
    return check.errors();
  }

  /// The rules that the secret of an endpoint with Standard Webhooks headers breaks.
  ///
  /// @param pointer of the field to correct
  public static List<ValidationError> validateStandardSecret(String pointer, String secret) {
    return Secret.parse(secret).supportsStandardWebhooks()
        ? List.of()
        : List.of(new ValidationError(pointer, standardSecretError()));
  }

  /// The canonical or alias names of the events, in the spelling of the catalogue, each once.
  List<String> canonicalNames(List<String> names) {
    return names.stream()
        .map(name -> eventTypes.catalogue().find(name).map(ResolvedEventType::name).orElse(name))
        .distinct()
        .toList();
  }

  /// The addresses, each once whatever its case.
  static List<String> distinctEmails(List<String> emails) {
    Set<String> known = new HashSet<>();
    return emails.stream().filter(email -> known.add(email.toLowerCase(Locale.ROOT))).toList();
  }

  private void checkFields(InputCheck check, EndpointInput input) {
    String url = input.url().value();
    if (url != null) {
      addIfPresent(check, "/url", urlValidator.findError(url));
    }
    List<String> events = input.events().value();
    if (events != null) {
      checkEvents(check, events);
    }
    check.text("/description", input.description().value(), MAX_DESCRIPTION_LENGTH, TextRule.LINES);
    checkSecret(check, input.secret().value());
    checkAlertEmails(check, input.alertEmails().orElse(List.of()));
    check.range(
        "/timeout_seconds",
        input.timeoutSeconds().value(),
        MIN_TIMEOUT_SECONDS,
        MAX_TIMEOUT_SECONDS);
    check.range(
        "/max_concurrency", input.maxConcurrency().value(), MIN_CONCURRENCY, MAX_CONCURRENCY);
    check.range(
        "/rate_per_second",
        input.ratePerSecond().value(),
        MIN_RATE_PER_SECOND,
        MAX_RATE_PER_SECOND);
  }

  private static void addIfPresent(InputCheck check, String pointer, @Nullable String error) {
    if (error != null) {
      check.add(pointer, error);
    }
  }

  private void checkEvents(InputCheck check, List<String> names) {
    if (names.isEmpty()) {
      check.add("/events", "Select at least one event; otherwise nothing is sent.");
    } else if (names.size() > MAX_EVENT_NAMES) {
      check.add("/events", "Must have at most " + MAX_EVENT_NAMES + " elements.");
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String pointer = "/events/" + i;
      if (check.length(pointer, name, Limits.MAX_EVENT_NAME_LENGTH)) {
        addIfPresent(check, pointer, findEventError(name));
      }
    }
  }

  private @Nullable String findEventError(String name) {
    Optional<ResolvedEventType> found = eventTypes.catalogue().find(name);
    if (found.isEmpty()) {
      return eventTypes.catalogue().explainUnknown(name);
    }
    return found.get().type().mayBeSubscribed()
        ? null
        : found.get().name() + " is sent by the test button only; leave it out.";
  }

  private static void checkAlertEmails(InputCheck check, List<String> emails) {
    if (emails.size() > MAX_ALERT_EMAILS) {
      check.add("/alert_emails", "Must have at most " + MAX_ALERT_EMAILS + " elements.");
      return;
    }
    for (int i = 0; i < emails.size(); i++) {
      String pointer = "/alert_emails/" + i;
      if (check.length(pointer, emails.get(i), EmailAddress.MAX_LENGTH)) {
        addIfPresent(check, pointer, EmailAddress.findError(emails.get(i)));
      }
    }
  }

  private static void checkSecret(InputCheck check, @Nullable String secret) {
    if (check.text("/secret", secret, MAX_SECRET_LENGTH, TextRule.TOKEN) && secret != null) {
      addIfPresent(check, "/secret", findSecretError(secret));
    }
  }

  private static @Nullable String findSecretError(String secret) {
    if (secret.codePointCount(0, secret.length()) < MIN_SECRET_LENGTH) {
      return "Must have at least %d characters, and be random.".formatted(MIN_SECRET_LENGTH);
    }
    if (secret.codePoints().distinct().count() < MIN_SECRET_CHARACTERS) {
      return "Must have at least %d different characters, and be random."
          .formatted(MIN_SECRET_CHARACTERS);
    }
    try {
      Secret.parse(secret);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static String standardSecretError() {
    return "Needs a secret of the form 'whsec_' and the base64 of 24 to 64 bytes; set such a secret,"
        + " or leave both out.";
  }
}
