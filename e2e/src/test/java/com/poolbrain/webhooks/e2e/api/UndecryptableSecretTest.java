package com.poolbrain.webhooks.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.AdminSql;
import com.poolbrain.webhooks.e2e.support.GuidePythonVerifier;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The secret of an endpoint was encrypted with a master key that the service does not have.
class UndecryptableSecretTest {

  private static final String NEW_SECRET = "whsec_YSBuZXcgc2VjcmV0IG9mIDI2IGJ5dGVzLi4=";

  private final TestDatabase database = TestServer.EMBEDDED_18.createDatabase();
  private final AdminSql sql = new AdminSql(database.settings());
  private final RunningService service =
      RunningService.start(RunningService.environmentOn(database.settings()));
  private final HttpsReceiver receiver = HttpsReceiver.answering(200);
  private final TestCompany company = service.createCompany();
  private TestEndpoint brokenEndpoint;
  private TestEndpoint workingEndpoint;

  @BeforeEach
  void subscribe() {
    brokenEndpoint = company.subscribe(receiver.url(), "customer.created");
    workingEndpoint = company.subscribe(receiver.url(), "job.created");
    makeUndecryptable(brokenEndpoint);
  }

  private void makeUndecryptable(TestEndpoint endpoint) {
    sql.execute(
        "update endpoint_secret set key_id = '00000000' where endpoint_id = '%s'"
            .formatted(endpoint.id()));
  }

  @AfterEach
  void close() {
    receiver.close();
    service.close();
    database.close();
  }

  @Test
  void endpoint_list_shows_the_problem_and_the_remedy() {
    JsonNode list = company.api().get(company.path() + "/endpoints").expect(200).path("data");

    assertThat(list.size()).isEqualTo(2);
    assertSaysWhatToDo(list.path(0).path("problem"));
    assertThat(list.path(0).path("id").stringValue()).isEqualTo(brokenEndpoint.id());
    assertThat(list.path(1).has("problem")).isFalse();
    assertSaysWhatToDo(company.api().get(brokenEndpoint.path()).expect(200).path("problem"));
    assertThat(company.api().get(workingEndpoint.path()).expect(200).has("problem")).isFalse();
  }

  @Test
  void operation_needing_the_secret_is_refused_with_the_remedy() {
    ApiResponse revealed = company.api().get(brokenEndpoint.path() + "/secret");

    assertSaysWhatToDo(revealed.expect(409).path("detail"));
    assertThat(sql.queryNumber("select count(*) from audit where action = 'secret.revealed'"))
        .as("audit entries of revealed secrets")
        .isZero();
    ApiResponse standard =
        company.api().patch(brokenEndpoint.path(), "{\"standard_webhooks\": true}");
    assertThat(standard.expect(422).at("/errors/0/pointer").stringValue())
        .isEqualTo("/standard_webhooks");
  }

  @Test
  void other_fields_can_be_changed_and_the_stored_secret_is_kept() {
    String storedSecret = storedSecret();

    brokenEndpoint.patch("{\"description\": \"the new office\"}");

    assertThat(storedSecret()).isEqualTo(storedSecret);
    sql.execute("update endpoint_secret set key_id = (select max(key_id) from endpoint_secret)");
    JsonNode updated = company.api().get(brokenEndpoint.path()).expect(200);
    assertThat(updated.has("problem")).isFalse();
    assertThat(updated.path("description").stringValue()).isEqualTo("the new office");
    assertThat(
            company
                .api()
                .get(brokenEndpoint.path() + "/secret")
                .expect(200)
                .path("secret")
                .stringValue())
        .isEqualTo(brokenEndpoint.secret());
  }

  @Test
  void endpoint_keeps_standard_webhooks_enabled() {
    TestEndpoint standard =
        company.createEndpoint(
            "{\"url\": \"%s\", \"events\": [\"job.created\"], \"standard_webhooks\": true}"
                .formatted(receiver.url()));
    makeUndecryptable(standard);

    standard.patch("{\"paused\": true}");

    JsonNode paused = company.api().get(standard.path()).expect(200);
    assertThat(paused.path("paused").booleanValue()).isTrue();
    assertThat(paused.path("standard_webhooks").booleanValue()).isTrue();
  }

  @Test
  @Tag("needs-programs")
  void setting_a_new_secret_repairs_the_endpoint() throws Exception {
    brokenEndpoint.patch("{\"secret\": \"%s\", \"standard_webhooks\": true}".formatted(NEW_SECRET));

    assertThat(company.api().get(brokenEndpoint.path()).expect(200).has("problem")).isFalse();
    company.publishCustomerCreated(1);
    ReceivedRequest webhook = receiver.awaitNext();
    assertThat(GuidePythonVerifier.verifies(webhook, NEW_SECRET)).isTrue();
  }

  @Test
  void endpoint_with_undecryptable_secret_can_be_deleted() {
    company.api().delete(brokenEndpoint.path()).expectNoContent();

    assertThat(company.api().get(brokenEndpoint.path()).status()).isEqualTo(404);
  }

  private String storedSecret() {
    return sql.queryStrings(
            "select key_id || ' ' || encode(ciphertext, 'hex') from endpoint_secret"
                + " where endpoint_id = '%s'".formatted(brokenEndpoint.id()))
        .getFirst();
  }

  private static void assertSaysWhatToDo(JsonNode text) {
    assertThat(text.stringValue())
        .contains("can't be read", "WEBHOOKS_PREVIOUS_MASTER_KEYS", "set a new secret");
  }
}
