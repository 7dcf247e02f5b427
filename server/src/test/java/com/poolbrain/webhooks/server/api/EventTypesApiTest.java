package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Event types that operators add, over HTTP. They are never deleted, so each test has its own
/// name.
@Tag("slow")
class EventTypesApiTest extends CompanyWithReceiverFixture {

  private static final String HEATED =
      """
      {"description": "The heater was switched.", "category": "Pool", "may_be_grouped": false,
       "schema": {"type": "object",
         "properties": {"poolId": {"type": "integer"},
                        "heated": {"type": "boolean"},
                        "mode": {"type": ["string", "null"], "enum": ["eco", "full", null]}},
         "required": ["poolId", "heated"], "additionalProperties": false},
       "samples": [{"poolId": 7001, "heated": true}],
       "searchable": ["poolId"]}
      """;

  EventTypesApiTest(ServiceClient api) {
    super(api);
  }

  private ApiResponse put(String name, String json) {
    return api.put("/event-types/" + name, json);
  }

  private JsonNode create(String name, String json) {
    return put(name, json).expect(201);
  }

  @Test
  void added_type_is_subscribed_published_delivered_and_found_by_its_searchable_field()
      throws Exception {
    JsonNode created = create("pool.warmed", HEATED);

    assertThat(created).isEqualTo(api.get("/event-types/Pool.Warmed").expect(200));
    assertThat(created.path("source").asString()).isEqualTo("operator");
    assertThat(created.path("changes")).isEmpty();
    assertThat(api.get("/event-types/customer.created").expect(200).path("source").asString())
        .isEqualTo("built_in");
    company.subscribe(receiver.url(), "pool.warmed");
    publish("pool.warmed", "{\"poolId\": 9007199254740993, \"heated\": false, \"mode\": null}");
    publish("pool.warmed", "{\"poolId\": 8, \"heated\": true}");

    assertThat(receiver.awaitNext().eventName()).isEqualTo("pool.warmed");
    assertThat(receiver.awaitNext().eventName()).isEqualTo("pool.warmed");
    JsonNode found = awaitDeliveries(1, "q=9007199254740993", "status=delivered").getFirst();
    assertThat(company.getDelivery(found.path("id").asString()).at("/request/body").asString())
        .endsWith("\"data\":{\"poolId\":9007199254740993,\"heated\":false,\"mode\":null}}");
    assertThat(awaitDeliveries(2, "event=pool.warmed")).hasSize(2);
    assertThat(company.listDeliveries("q=true")).isEmpty();
    assertThat(api.getFromRoot("/openapi.json").json().at("/webhooks/pool.warmed").isObject())
        .isTrue();
  }

  @Test
  void catalogue_is_listed_in_pages() {
    JsonNode first = api.get("/event-types?limit=2").expect(200);
    String cursor = first.path("next_cursor").asString();
    JsonNode second = api.get("/event-types?limit=1&cursor=" + cursor).expect(200);

    assertThat(first.path("data"))
        .extracting(type -> type.path("name").asString())
        .containsExactly("customer.created", "customer.status.updated");
    assertThat(second.path("data").get(0).path("name"))
        .isEqualTo(api.get("/event-types?limit=200").json().path("data").get(2).path("name"));
    assertThat(api.get("/event-types?limit=0").status()).isEqualTo(422);
  }

  @Test
  void customer_id_is_always_searchable() {
    JsonNode created = create("pool.sold", HEATED.replace("\"mode\"", "\"customerId\""));

    assertThat(created.path("searchable").toString()).isEqualTo("[\"customerId\",\"poolId\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{`poolId`: `7`, `heated`: true}; /data/poolId",
        "{`poolId`: 7, `heated`: `true`}; /data/heated",
        "{`poolId`: 7, `heated`: null}; /data/heated",
        "{`poolId`: 7, `heated`: true, `mode`: `max`}; /data/mode",
        "{`poolId`: 7, `heated`: true, `colour`: 1}; /data/colour",
        "{`heated`: true}; /data/poolId"
      })
  void published_data_that_does_not_fit_is_refused_with_its_place(String data, String pointer) {
    put("pool.validated", HEATED);

    ApiResponse refused = api.publish(company.eventJson("pool.validated", data.replace('`', '"')));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.pointer()).isEqualTo(pointer);
  }

  @Test
  void type_that_may_be_grouped_arrives_as_an_array() throws Exception {
    create("pool.grouped", HEATED.replace("\"may_be_grouped\": false", "\"may_be_grouped\": true"));
    company.subscribe(receiver.url(), "pool.grouped");

    publish(
        "pool.grouped", "[{\"poolId\": 1, \"heated\": true}, {\"poolId\": 2, \"heated\": false}]");

    assertThat(receiver.awaitNext().envelope().path("data").size()).isEqualTo(2);
    assertThat(api.get("/event-types/pool.grouped").json().at("/samples/grouped").size())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "`type`: `integer`; `type`: `integer`, `minimum`: 1; /schema/properties/poolId/minimum",
        "`type`: `object`; `type`: `object`, `$schema`: `x`; /schema/$schema",
        "`type`: `object`; `type`: `object`, `a/b`: `x`; /schema/a~1b",
        "`type`: `boolean`; `type`: `object`; /schema/properties/heated/type",
        "`additionalProperties`: false; `description`: `d`; /schema/additionalProperties",
        "`searchable`: [`poolId`]; `searchable`: [`pool`]; /searchable/0",
        "`searchable`: [`poolId`]; `searchable`: [`heated`]; /searchable/0",
        "`searchable`: [`poolId`]; `searchable`: [`poolId`, `poolId`]; /searchable/1",
        "`samples`: [; `samples`: [{`poolId`: 1},; /samples/0/heated",
        "{`poolId`: 7001, `heated`: true}; {`poolId`: 7.5, `heated`: true}; /samples/0/poolId",
        "`samples`: [{`poolId`: 7001, `heated`: true}]; `samples`: []; /samples",
        "`category`: `Pool`; `category`: ` `; /category"
      })
  void invalid_type_is_refused_with_its_place(String from, String to, String pointer) {
    String changed = HEATED.replace(from.replace('`', '"'), to.replace('`', '"'));
    assertThat(changed).isNotEqualTo(HEATED);

    ApiResponse refused = put("pool.invalid", changed);

    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.pointer()).isEqualTo(pointer);
    assertThat(api.get("/event-types/pool.invalid").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "customer.created, 409, built-in",
    "CUSTOMER.created, 409, built-in",
    "webhook.ping, 409, built-in",
    "job.created, 409, alias of job.one_time.created",
    "job.deleted, 409, alias of job.one_time.deleted",
    "webhook.opened, 422, reserved",
    "Webhook.Opened, 422, reserved",
    "pool, 422, separated by dots",
    "Pool.Opened, 422, lower-case",
    "pool..opened, 422, separated by dots",
  })
  void reserved_and_malformed_names_are_refused(String name, int status, String text) {
    ApiResponse refused = put(name, HEATED);

    assertThat(refused.status()).as(refused.body()).isEqualTo(status);
    assertThat(refused.body()).contains(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "`heated`: {`type`: `boolean`},; ''; heated",
        "`required`: [`poolId`, `heated`]; `required`: [`poolId`]; heated",
        "`required`: [`poolId`, `heated`]; `required`: [`poolId`, `heated`, `mode`]; mode",
        "`poolId`: {`type`: `integer`}; `poolId`: {`type`: `string`}; poolId",
        "`heated`: {`type`: `boolean`}; `heated`: {`type`: [`boolean`, `null`]}; heated",
        "`eco`, `full`; `eco`, `full`, `max`; mode",
        "`eco`, `full`; `eco`; mode",
        "`may_be_grouped`: false; `may_be_grouped`: true; may_be_grouped",
        "`required`: [; `required`: [`depth`, ; depth"
      })
  void breaking_change_is_refused_and_names_the_field(String from, String to, String field) {
    put("pool.released", HEATED);
    JsonNode before = api.get("/event-types/pool.released").expect(200);
    String changed =
        HEATED
            .replace(from.replace('`', '"'), to.replace('`', '"'))
            .replaceFirst("\"samples\": \\[.*]", "\"samples\": " + sampleFor(to));
    if (field.equals("heated") && to.isEmpty()) {
      changed = changed.replace("[\"poolId\", \"heated\"]", "[\"poolId\"]");
    }
    if (field.equals("depth")) {
      changed = changed.replace("\"mode\":", "\"depth\": {\"type\": \"integer\"}, \"mode\":");
    }

    ApiResponse refused = put("pool.released", changed);

    assertThat(refused.status()).as(refused.body()).isEqualTo(409);
    assertThat(refused.detail()).contains(field).contains("pool.released.v2");
    assertThat(api.get("/event-types/pool.released").json()).isEqualTo(before);
  }

  /// A sample that fits the changed schema.
  private static String sampleFor(String change) {
    if (change.isEmpty()) {
      return "[{\"poolId\": 1}]";
    }
    if (change.contains("`string`")) {
      return "[{\"poolId\": \"1\", \"heated\": true}]";
    }
    return change.contains("depth")
        ? "[{\"poolId\": 1, \"heated\": true, \"depth\": 2}]"
        : "[{\"poolId\": 1, \"heated\": true, \"mode\": \"eco\"}]";
  }

  @Test
  void allowed_change_is_noticed_audited_and_obeyed_and_repeating_it_changes_nothing() {
    create("pool.extended", HEATED);
    String extended =
        HEATED
            .replace("\"mode\":", "\"depth\": {\"type\": \"integer\"}, \"mode\":")
            .replace("was switched.", "was switched on or off.")
            .replace("[\"poolId\"]}", "[\"poolId\", \"depth\"]}");

    JsonNode changed = put("pool.extended", extended).expect(200);

    assertThat(changed.path("changes").size()).isEqualTo(1);
    assertThat(changed.at("/changes/0/notices").toString())
        .contains("\\\"depth\\\" was added", "description was changed", "search finds");
    assertThat(changed.at("/changes/0/at").asString()).isNotEmpty();
    assertThat(put("Pool.Extended", extended).expect(200)).isEqualTo(changed);
    String data = "{\"poolId\": 1, \"heated\": true, \"depth\": 2}";
    assertThat(api.publish(company.eventJson("pool.extended", data)).status()).isEqualTo(202);

    List<JsonNode> entries =
        api.get("/audit?action=event_type.changed&limit=200")
            .expect(200)
            .path("data")
            .valueStream()
            .filter(entry -> entry.at("/after/name").asString().equals("pool.extended"))
            .toList();
    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst().path("before").propertyNames())
        .containsExactlyInAnyOrder("description", "schema", "searchable");
    assertThat(entries.getLast().at("/after/category").asString()).isEqualTo("Pool");
  }
}
