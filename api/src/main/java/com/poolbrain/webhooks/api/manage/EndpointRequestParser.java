package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.DeliveryOptions;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.http.JsonFields;
import com.poolbrain.webhooks.http.Problem;
import com.poolbrain.webhooks.http.ProblemException;
import com.poolbrain.webhooks.management.EndpointRules;
import com.poolbrain.webhooks.management.EndpointUrlValidator;
import com.poolbrain.webhooks.management.EndpointUrlValidator.Result.Invalid;
import com.poolbrain.webhooks.management.EndpointUrlValidator.Result.Valid;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.store.config.NewEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads what a body says about an endpoint.
final class EndpointRequestParser {

  private static final URI PLACEHOLDER_URL = URI.create("https://nowhere.invalid/");
  private static final int MAX_EVENT_NAMES = 200;
  private static final int MAX_EVENT_NAME_LENGTH = 200;
  private static final int MAX_DESCRIPTION_LENGTH = 500;
  private static final int MIN_SECRET_LENGTH = 16;
  private static final int MAX_TIMEOUT_SECONDS = 30;
  private static final int MAX_CONCURRENCY = 256;
  private static final double MIN_RATE = 0.001;
  private static final double MAX_RATE = 10_000;

  private final EndpointRules rules;

  EndpointRequestParser(EndpointRules rules) {
    this.rules = rules;
  }

  /// The endpoint that a body asks for; with a new secret unless it brings one.
  NewEndpoint parseNewEndpoint(JsonFields jsonFields, long companyId) {
    URI url = parseUrl(jsonFields);
    List<String> names = parseEventNames(jsonFields);
    String description = jsonFields.optionalText("description", MAX_DESCRIPTION_LENGTH);
    String givenSecret = parseSecret(jsonFields);
    DeliveryOptions deliveryOptions = parseDeliveryOptions(jsonFields, DeliveryOptions.DEFAULT);
    String secret = givenSecret == null ? Secret.generate(rules.random()).reveal() : givenSecret;
    if (isValidSecret(secret)) {
      checkStandardSecret(jsonFields, deliveryOptions, secret);
    }
    jsonFields.rejectInvalid();
    return new NewEndpoint(
        companyId, url, names, description == null ? "" : description, secret, deliveryOptions);
  }

  /// The change that a body asks for. What it does not name stays.
  UnaryOperator<Endpoint> parseUpdate(JsonFields jsonFields) {
    for (String name : List.of("url", "events", "paused", "secret")) {
      if (jsonFields.isNull(name)) {
        jsonFields.addError("/" + name, "Must not be null; leave it out to keep it as it is.");
      }
    }
    URI url = jsonFields.has("url") && !jsonFields.isNull("url") ? parseUrl(jsonFields) : null;
    List<String> names =
        jsonFields.has("events") && !jsonFields.isNull("events")
            ? parseEventNames(jsonFields)
            : null;
    String text = jsonFields.optionalText("description", MAX_DESCRIPTION_LENGTH);
    String description = jsonFields.isNull("description") ? "" : text;
    Boolean paused = jsonFields.optionalBoolean("paused");
    String secret = parseSecret(jsonFields);
    parseDeliveryOptions(jsonFields, DeliveryOptions.DEFAULT);
    jsonFields.rejectInvalid();
    return before ->
        requireStandardSecret(
            before,
            before
                .withUrl(url == null ? before.url() : url)
                .withSubscribedEvents(names == null ? before.subscribedEvents() : names)
                .withDescription(description == null ? before.description() : description)
                .withPaused(paused == null ? before.paused() : paused)
                .withSecrets(secret == null ? before.signingSecrets() : SigningSecrets.of(secret))
                .withDeliveryOptions(parseDeliveryOptions(jsonFields, before.deliveryOptions())));
  }

  private static Endpoint requireStandardSecret(Endpoint before, Endpoint after) {
    SigningSecrets signingSecrets = after.signingSecrets();
    boolean keepsUnreadableSecret =
        before.deliveryOptions().standardWebhooks() && !signingSecrets.isReadable();
    if (after.deliveryOptions().standardWebhooks()
        && !keepsUnreadableSecret
        && !isStandardSecret(signingSecrets)) {
      throw new ProblemException(Problem.invalid("/standard_webhooks", standardSecretError()));
    }
    return after;
  }

  private static boolean isStandardSecret(SigningSecrets signingSecrets) {
    return signingSecrets.isReadable()
        && Secret.parse(signingSecrets.active()).supportsStandardWebhooks();
  }

  private static void checkStandardSecret(
      JsonFields jsonFields, DeliveryOptions deliveryOptions, String secret) {
    if (deliveryOptions.standardWebhooks() && !Secret.parse(secret).supportsStandardWebhooks()) {
      jsonFields.addError("/standard_webhooks", standardSecretError());
    }
  }

  private static String standardSecretError() {
    return "Needs a secret of the form 'whsec_' and the base64 of 24 to 64 bytes; set such a secret,"
        + " or leave both out.";
  }

  private URI parseUrl(JsonFields jsonFields) {
    String text = jsonFields.optionalText("url", EndpointUrlValidator.MAX_LENGTH);
    if (text == null) {
      jsonFields.addMissing("url", "the https URL that events are sent to");
      return PLACEHOLDER_URL;
    }
    return switch (EndpointUrlValidator.validate(text, rules.allowHttp())) {
      case Valid(var url) -> url;
      case Invalid(var error) -> {
        jsonFields.addError("/url", error);
        yield PLACEHOLDER_URL;
      }
    };
  }

  private List<String> parseEventNames(JsonFields jsonFields) {
    List<String> requested =
        jsonFields.optionalTexts("events", MAX_EVENT_NAMES, MAX_EVENT_NAME_LENGTH);
    if (requested == null) {
      jsonFields.addMissing("events", "an array of event names");
      return List.of();
    }
    if (requested.isEmpty() && jsonFields.isValid("/events")) {
      jsonFields.addError(
          "/events", "Select at least one event; without one nothing would be sent.");
    }
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < requested.size(); i++) {
      if (jsonFields.isValid("/events/" + i)) {
        names.add(parseEventName(jsonFields, "/events/" + i, requested.get(i)));
      }
    }
    return List.copyOf(names);
  }

  private String parseEventName(JsonFields jsonFields, String pointer, String requested) {
    Optional<ResolvedEventType> found = rules.eventCatalogue().find(requested);
    if (found.isEmpty()) {
      jsonFields.addError(pointer, rules.eventCatalogue().explainUnknown(requested));
    } else if (!found.get().type().mayBeSubscribed()) {
      jsonFields.addError(
          pointer, found.get().name() + " is sent by the test button only; leave it out.");
    }
    return found.map(ResolvedEventType::name).orElse(requested);
  }

  /// The customer's own secret; null if there is none.
  private static @Nullable String parseSecret(JsonFields jsonFields) {
    String text = jsonFields.optionalText("secret", Secret.MAX_LENGTH);
    if (text == null) {
      return null;
    }
    String error = secretError(text);
    if (error != null) {
      jsonFields.addError("/secret", error);
    }
    return text;
  }

  private static boolean isValidSecret(String secret) {
    return secretError(secret) == null;
  }

  private static @Nullable String secretError(String secret) {
    if (secret.codePointCount(0, secret.length()) < MIN_SECRET_LENGTH) {
      return "Has at least 16 characters, the more random the better.";
    }
    try {
      Secret.parse(secret);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /// What the body says, over what was before; `null` goes back to the settings of the service.
  private static DeliveryOptions parseDeliveryOptions(
      JsonFields jsonFields, DeliveryOptions before) {
    Long timeout = jsonFields.optionalNumber("timeout_seconds", 1, MAX_TIMEOUT_SECONDS);
    Long concurrency = jsonFields.optionalNumber("max_concurrency", 1, MAX_CONCURRENCY);
    Double rate = jsonFields.optionalDecimal("rate_per_second", MIN_RATE, MAX_RATE);
    Boolean standard = jsonFields.optionalBoolean("standard_webhooks");
    return new DeliveryOptions(
        !jsonFields.has("timeout_seconds")
            ? before.timeout()
            : timeout == null ? null : Duration.ofSeconds(timeout),
        !jsonFields.has("max_concurrency")
            ? before.maxConcurrency()
            : concurrency == null ? null : Integer.valueOf(concurrency.intValue()),
        !jsonFields.has("rate_per_second") ? before.ratePerSecond() : rate,
        !jsonFields.has("standard_webhooks")
            ? before.standardWebhooks()
            : Boolean.TRUE.equals(standard));
  }
}
