package com.poolbrain.webhooks.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The master key is replaced while the service runs.
class MasterKeyRotationTest {

  private static final String NEW_KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @AutoClose private final TestDatabase database = TestServer.EMBEDDED_18.createDatabase();
  @AutoClose private final HttpsReceiver receiver = HttpsReceiver.accepting();
  private final ServiceEnvironment withOldKey = RunningService.environmentOn(database.settings());
  private final String oldKey = withOldKey.variables().get("WEBHOOKS_MASTER_KEY");

  @Test
  void after_a_rotation_the_service_runs_with_the_new_key_alone() throws Exception {
    TestCompany company;
    TestEndpoint endpoint;
    try (RunningService service = RunningService.start(withOldKey)) {
      company = service.createCompany();
      endpoint = company.subscribe(receiver.url(), "customer.created");
    }
    ServiceEnvironment withNewKey = withOldKey.with("WEBHOOKS_MASTER_KEY", NEW_KEY);
    try (RunningService service =
        RunningService.start(withNewKey.with("WEBHOOKS_PREVIOUS_MASTER_KEYS", oldKey))) {
      JsonNode started = service.api().post("/master-key/rotate", "").expect(202);
      assertThat(started.path("count").asInt()).isEqualTo(1);
      String job = "/jobs/" + started.path("job_id").stringValue();
      JsonNode ended =
          Await.until(
              "the rotation ends",
              () -> service.api().get(job).expect(200),
              found -> !found.path("status").stringValue().equals("running"));
      assertThat(ended.path("status").stringValue()).isEqualTo("done");
      assertThat(ended.path("done").asInt()).isEqualTo(1);
    }
    try (RunningService service = RunningService.start(withNewKey)) {
      TestCompany restarted = company.withApi(service.api());
      JsonNode secrets = service.api().get(endpoint.path() + "/secret").expect(200);
      assertThat(secrets.path("secret").stringValue()).isEqualTo(endpoint.secret());
      restarted.publishCustomerCreated(1);
      assertThat(receiver.awaitNext().header("X-Webhook-Signature")).hasSize(64);
    }
  }
}
