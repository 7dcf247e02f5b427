package com.poolbrain.webhooks.server.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.engine.Submission;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.server.http.Problem;

/// A reader of publishes, and what it reads.
abstract class PublishReading {

  static final String ITEM = "{\"customerId\":7,\"displayName\":\"Ann\"}";
  static final String EVENT =
      "{\"company_id\":40,\"event\":\"customer.created\",\"data\":" + ITEM + "}";

  static final Publisher ANYBODY = new Publisher("k1", null, null);

  final PublishReader reader = new PublishReader(Catalogue.released());

  final Submission read(String body) {
    Reading reading = reader.read(body.getBytes(UTF_8), ANYBODY);
    assertThat(reading).as(body).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).submission();
  }

  final Problem refused(String body) {
    return refused(body.getBytes(UTF_8), ANYBODY);
  }

  final Problem refused(byte[] body, Publisher publisher) {
    Reading reading = reader.read(body, publisher);
    assertThat(reading).as(new String(body, UTF_8)).isInstanceOf(Reading.Refused.class);
    return ((Reading.Refused) reading).problem();
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
