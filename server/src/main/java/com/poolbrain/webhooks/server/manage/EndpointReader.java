package com.poolbrain.webhooks.server.manage;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.Tuning;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.events.NamedEventType;
import com.poolbrain.webhooks.server.http.Fields;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Refusal;
import com.poolbrain.webhooks.server.manage.EndpointUrl.Checked.Bad;
import com.poolbrain.webhooks.server.manage.EndpointUrl.Checked.Good;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.store.NewEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads what a body says about an endpoint.
final class EndpointReader {

  private static final URI NOWHERE = URI.create("https://nowhere.invalid/");
  private static final int MOST_NAMES = 200;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_DESCRIPTION = 500;
  private static final int SHORTEST_SECRET = 16;
  private static final int LONGEST_TIMEOUT = 30;
  private static final int MOST_CONCURRENCY = 256;
  private static final double LEAST_RATE = 0.001;
  private static final double MOST_RATE = 10_000;

  private final EndpointRules rules;

  EndpointReader(EndpointRules rules) {
    this.rules = rules;
  }

  /// The endpoint that a body asks for; with a new secret unless it brings one.
  NewEndpoint create(Fields fields, long companyId) {
    URI url = url(fields);
    List<String> names = names(fields);
    String description = fields.optionalText("description", LONGEST_DESCRIPTION);
    String own = secret(fields);
    Tuning tuning = tuning(fields, Tuning.DEFAULT);
    String secret = own == null ? Secret.make(rules.random()).reveal() : own;
    if (fits(secret)) {
      checkStandard(fields, tuning, secret);
    }
    fields.end();
    return new NewEndpoint(
        companyId, url, names, description == null ? "" : description, secret, tuning);
  }

  /// The change that a body asks for. What it does not name stays.
  UnaryOperator<Endpoint> edit(Fields fields) {
    for (String name : List.of("url", "events", "paused", "secret")) {
      if (fields.isNull(name)) {
        fields.fault("/" + name, "Must not be null; leave it out to keep it as it is.");
      }
    }
    URI url = fields.has("url") && !fields.isNull("url") ? url(fields) : null;
    List<String> names = fields.has("events") && !fields.isNull("events") ? names(fields) : null;
    String text = fields.optionalText("description", LONGEST_DESCRIPTION);
    String description = fields.isNull("description") ? "" : text;
    Boolean paused = fields.optionalFlag("paused");
    String secret = secret(fields);
    tuning(fields, Tuning.DEFAULT);
    fields.end();
    return before ->
        checked(
            before,
            new Endpoint(
                before.id(),
                before.companyId(),
                url == null ? before.url() : url,
                names == null ? before.names() : names,
                description == null ? before.description() : description,
                paused == null ? before.paused() : paused,
                before.deleted(),
                before.createdAt(),
                secret == null ? before.secrets() : Secrets.of(secret),
                tuning(fields, before.tuning())));
  }

  private static Endpoint checked(Endpoint before, Endpoint after) {
    Secrets secrets = after.secrets();
    boolean stays = before.tuning().standardWebhooks() && !secrets.readable();
    if (after.tuning().standardWebhooks() && !stays && !isStandard(secrets)) {
      throw new Refusal(Problem.invalid("/standard_webhooks", notStandard()));
    }
    return after;
  }

  private static boolean isStandard(Secrets secrets) {
    return secrets.readable() && Secret.parse(secrets.active()).isStandardWebhooks();
  }

  private static void checkStandard(Fields fields, Tuning tuning, String secret) {
    if (tuning.standardWebhooks() && !Secret.parse(secret).isStandardWebhooks()) {
      fields.fault("/standard_webhooks", notStandard());
    }
  }

  private static String notStandard() {
    return "Needs a secret of the form 'whsec_' and the base64 of 24 to 64 bytes; set such a secret,"
        + " or leave both out.";
  }

  private URI url(Fields fields) {
    String text = fields.optionalText("url", EndpointUrl.LONGEST);
    if (text == null) {
      fields.missing("url", "the https URL that events are sent to");
      return NOWHERE;
    }
    return switch (EndpointUrl.check(text, rules.allowHttp())) {
      case Good(var url) -> url;
      case Bad(var complaint) -> {
        fields.fault("/url", complaint);
        yield NOWHERE;
      }
    };
  }

  private List<String> names(Fields fields) {
    List<String> given = fields.optionalTexts("events", MOST_NAMES, LONGEST_NAME);
    if (given == null) {
      fields.missing("events", "an array of event names");
      return List.of();
    }
    if (given.isEmpty() && fields.isSound("/events")) {
      fields.fault("/events", "Select at least one event; without one nothing would be sent.");
    }
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < given.size(); i++) {
      if (fields.isSound("/events/" + i)) {
        names.add(name(fields, "/events/" + i, given.get(i)));
      }
    }
    return List.copyOf(names);
  }

  private String name(Fields fields, String pointer, String given) {
    Optional<NamedEventType> found = rules.catalogue().find(given);
    if (found.isEmpty()) {
      fields.fault(pointer, rules.catalogue().unknownSentence(given));
    } else if (!found.get().type().maySubscribe()) {
      fields.fault(pointer, found.get().name() + " is sent by the test button only; leave it out.");
    }
    return found.map(NamedEventType::name).orElse(given);
  }

  /// The customer's own secret; null if there is none.
  private static @Nullable String secret(Fields fields) {
    String text = fields.optionalText("secret", Secret.MAX_LENGTH);
    if (text == null) {
      return null;
    }
    String complaint = complaint(text);
    if (complaint != null) {
      fields.fault("/secret", complaint);
    }
    return text;
  }

  private static boolean fits(String secret) {
    return complaint(secret) == null;
  }

  private static @Nullable String complaint(String secret) {
    if (secret.codePointCount(0, secret.length()) < SHORTEST_SECRET) {
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
  private static Tuning tuning(Fields fields, Tuning before) {
    Long timeout = fields.optionalNumber("timeout_seconds", 1, LONGEST_TIMEOUT);
    Long concurrency = fields.optionalNumber("max_concurrency", 1, MOST_CONCURRENCY);
    Double rate = fields.optionalDecimal("rate_per_second", LEAST_RATE, MOST_RATE);
    Boolean standard = fields.optionalFlag("standard_webhooks");
    return new Tuning(
        !fields.has("timeout_seconds")
            ? before.timeout()
            : timeout == null ? null : Duration.ofSeconds(timeout),
        !fields.has("max_concurrency")
            ? before.maxConcurrency()
            : concurrency == null ? null : Integer.valueOf(concurrency.intValue()),
        !fields.has("rate_per_second") ? before.ratePerSecond() : rate,
        !fields.has("standard_webhooks")
            ? before.standardWebhooks()
            : Boolean.TRUE.equals(standard));
  }
}
