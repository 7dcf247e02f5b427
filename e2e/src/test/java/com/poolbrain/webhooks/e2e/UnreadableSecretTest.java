package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Answer;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.e2e.house.Sql;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The secret of an endpoint was encrypted with a master key that this service does not have.
class UnreadableSecretTest {

  private static final String NEW_SECRET = "whsec_YSBuZXcgc2VjcmV0IG9mIDI2IGJ5dGVzLi4=";

  private final TestDatabase database = TestServer.EMBEDDED_18.fresh();
  private final Sql sql = new Sql(database.settings());
  private final House house = House.open(Setup.on(database.settings()));
  private final Consumer consumer = Consumer.thatAnswers(200);
  private final Company company = house.newCompany();
  private Endpoint broken;
  private Endpoint sound;

  @BeforeEach
  void subscribe() {
    broken = company.subscribe(consumer.url(), "customer.created");
    sound = company.subscribe(consumer.url(), "job.created");
    lock(broken);
  }

  private void lock(Endpoint endpoint) {
    sql.run(
        "update endpoint_secret set key_id = '00000000' where endpoint_id = '%s'"
            .formatted(endpoint.id()));
  }

  @AfterEach
  void close() {
    consumer.close();
    house.close();
    database.close();
  }

  @Test
  void theListShowsItWithWhatToDoBesideTheOthers() {
    JsonNode list = company.api().get(company.path() + "/endpoints").expect(200).path("data");

    assertThat(list.size()).isEqualTo(2);
    assertSaysWhatToDo(list.path(0).path("problem"));
    assertThat(list.path(0).path("id").stringValue()).isEqualTo(broken.id());
    assertThat(list.path(1).has("problem")).isFalse();
    assertSaysWhatToDo(company.api().get(broken.path()).expect(200).path("problem"));
    assertThat(company.api().get(sound.path()).expect(200).has("problem")).isFalse();
  }

  @Test
  void whatNeedsTheSecretSaysWhatToDo() {
    Answer revealed = company.api().get(broken.path() + "/secret");

    assertSaysWhatToDo(revealed.expect(409).path("detail"));
    assertThat(sql.number("select count(*) from audit where action = 'endpoint.secret_revealed'"))
        .as("nothing was revealed")
        .isZero();
    Answer standard = company.api().patch(broken.path(), "{\"standard_webhooks\": true}");
    assertThat(standard.expect(422).at("/errors/0/pointer").stringValue())
        .isEqualTo("/standard_webhooks");
  }

  @Test
  void everythingElseCanBeChangedAndTheSecretStaysAsItIsStored() {
    String stored = stored();

    broken.patch("{\"description\": \"the new office\"}");

    assertThat(stored()).isEqualTo(stored);
    sql.run("update endpoint_secret set key_id = (select max(key_id) from endpoint_secret)");
    JsonNode again = company.api().get(broken.path()).expect(200);
    assertThat(again.has("problem")).isFalse();
    assertThat(again.path("description").stringValue()).isEqualTo("the new office");
    assertThat(
            company.api().get(broken.path() + "/secret").expect(200).path("secret").stringValue())
        .isEqualTo(broken.secret());
  }

  @Test
  void whatSendsTheHeadersOfStandardWebhooksGoesOnToDoSo() {
    Endpoint standard =
        company.add(
            "{\"url\": \"%s\", \"events\": [\"job.created\"], \"standard_webhooks\": true}"
                .formatted(consumer.url()));
    lock(standard);

    standard.patch("{\"paused\": true}");

    JsonNode paused = company.api().get(standard.path()).expect(200);
    assertThat(paused.path("paused").booleanValue()).isTrue();
    assertThat(paused.path("standard_webhooks").booleanValue()).isTrue();
  }

  @Test
  void aNewSecretMendsIt() throws Exception {
    broken.patch("{\"secret\": \"%s\", \"standard_webhooks\": true}".formatted(NEW_SECRET));

    assertThat(company.api().get(broken.path()).expect(200).has("problem")).isFalse();
    company.customerCreated(1);
    Hook hook = consumer.next();
    assertThat(GuidePython.verifies(hook, NEW_SECRET)).isTrue();
  }

  @Test
  void itCanBeDeleted() {
    company.api().delete(broken.path()).expectNoContent();

    assertThat(company.api().get(broken.path()).status()).isEqualTo(404);
  }

  private String stored() {
    return sql.strings(
            "select key_id || ' ' || encode(ciphertext, 'hex') from endpoint_secret"
                + " where endpoint_id = '%s'".formatted(broken.id()))
        .getFirst();
  }

  private static void assertSaysWhatToDo(JsonNode words) {
    assertThat(words.stringValue())
        .contains("can't be read", "WEBHOOKS_PREVIOUS_MASTER_KEYS", "set a new secret");
  }
}
