package com.poolbrain.webhooks.api.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A parser and sample requests.
abstract class PublishParserFixture {

  static final String ITEM = "{\"customerId\":7,\"displayName\":\"Ann\"}";
  static final String EVENT =
      "{\"company_id\":40,\"event\":\"customer.created\",\"data\":" + ITEM + "}";

  static final Principal PRINCIPAL = new Principal("k1", "any", Set.of(Scope.PUBLISH), null);

  final PublishRequestParser parser = new PublishRequestParser(EventTypeRegistry.builtIn());

  final PublishRequest parseValid(String body) {
    return parseValid(body, null);
  }

  final PublishRequest parseValid(String body, @Nullable String idempotencyKey) {
    ParseResult result = parser.parse(body.getBytes(UTF_8), PRINCIPAL, idempotencyKey);
    assertThat(result).as(body).isInstanceOf(ParseResult.Parsed.class);
    return ((ParseResult.Parsed) result).publishRequest();
  }

  final Problem parseInvalid(String body) {
    return parseInvalid(body.getBytes(UTF_8), PRINCIPAL, null);
  }

  final Problem parseInvalid(byte[] body, Principal principal, @Nullable String idempotencyKey) {
    ParseResult result = parser.parse(body, principal, idempotencyKey);
    assertThat(result).as(new String(body, UTF_8)).isInstanceOf(ParseResult.Invalid.class);
    return ((ParseResult.Invalid) result).problem();
  }

  static String event(String changedField, String json) {
    return switch (changedField) {
      case "company_id" -> EVENT.replace(":40,", ":" + json + ",");
      case "event" -> EVENT.replace("\"customer.created\"", json);
      case "data" -> EVENT.replace(ITEM, json);
      default -> throw new IllegalArgumentException(changedField);
    };
  }
}
