package com.poolbrain.webhooks.store.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Scope;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobRequest;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.config.ConfigTransactions;
import com.poolbrain.webhooks.store.config.Endpoints;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.Started;
import com.poolbrain.webhooks.store.secret.KeyRotation;
import com.poolbrain.webhooks.store.secret.SecretBox;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class KeyRotationTest {

  private static final Actor ACTOR = ConfigFixture.ACTOR;
  private static final UUID NODE = new UUID(0, 1);
  private static final int COMPANIES = 5;
  private static final int ENDPOINTS_OF_COMPANY = 50;

  private final ConfigFixture configFixture = ConfigFixture.create(TestServer.EMBEDDED_18);
  private final SecretBox withBothKeys =
      new SecretBox(
          ConfigFixture.masterKey(8), List.of(ConfigFixture.masterKey(7)), new SecureRandom());
  private final SecretBox withNewKey =
      new SecretBox(ConfigFixture.masterKey(8), List.of(), new SecureRandom());
  private final Audit audit = new Audit(configFixture.idGenerator());
  private final Jobs jobs =
      new Jobs(configFixture.database().apiTransactions(), audit, configFixture.idGenerator());
  private final KeyRotation rotation = new KeyRotation(withBothKeys);
  private final List<Endpoint> created = new ArrayList<>();

  @BeforeEach
  void createEndpoints() {
    execute(
        "insert into node (incarnation, lease_until) values ('%s', 'infinity')".formatted(NODE));
    for (long company = 1; company <= COMPANIES; company++) {
      configFixture.companies().put(company, "Pools", ACTOR);
      for (int i = 0; i < ENDPOINTS_OF_COMPANY; i++) {
        created.add(configFixture.createEndpoint(company, "customer.created"));
      }
    }
  }

  @AfterEach
  void close() {
    configFixture.close();
  }

  private void execute(String sql) {
    TestSql.execute(configFixture.testDatabase().settings(), sql);
  }

  private Endpoints endpoints(SecretBox secretBox) {
    return new Endpoints(
        new ConfigTransactions(configFixture.database().apiTransactions(), audit),
        secretBox,
        configFixture.idGenerator());
  }

  private Job rotate() {
    Job job =
        ((Started)
                jobs.start(
                    new JobRequest(JobKind.ROTATE_KEYS, Scope.SERVICE), ACTOR, rotation::count))
            .job();
    jobs.claim(NODE);
    int steps = 1;
    while (jobs.runStep(job.id(), NODE, rotation) != null) {
      steps++;
    }
    assertThat(steps).as("steps").isGreaterThan(1);
    Job ended = Objects.requireNonNull(jobs.get(job.id()));
    assertThat(ended.status()).isEqualTo(JobStatus.DONE);
    return ended;
  }

  @Test
  void after_a_rotation_the_previous_key_is_not_needed() {
    Endpoint rolled = created.getFirst();
    configFixture
        .endpoints()
        .changeSecrets(
            rolled.companyId(),
            rolled.id(),
            endpoint -> endpoint.signingSecrets().rolledTo("the-next-secret-of-it"),
            AuditAction.SECRET_ROLLED,
            ACTOR);

    Job ended = rotate();

    assertThat(ended.total()).isEqualTo(COMPANIES * ENDPOINTS_OF_COMPANY + 1);
    assertThat(ended.done()).isEqualTo(ended.total());
    assertThat(ended.detail()).isNull();
    Endpoints withoutPrevious = endpoints(withNewKey);
    for (Endpoint endpoint : created.subList(1, created.size())) {
      assertThat(withoutPrevious.get(endpoint.companyId(), endpoint.id())).isEqualTo(endpoint);
    }
    Endpoint found = Objects.requireNonNull(withoutPrevious.get(rolled.companyId(), rolled.id()));
    assertThat(found.signingSecrets().next()).isEqualTo("the-next-secret-of-it");
  }

  @Test
  void unreadable_secrets_are_left_and_reported() {
    execute(
        "update endpoint_secret set ciphertext = '\\x00' where endpoint_id in ('%s', '%s')"
            .formatted(created.get(3).id(), created.getLast().id()));

    Job ended = rotate();

    assertThat(ended.done()).isEqualTo(ended.total() - 2);
    assertThat(ended.detail()).startsWith("2 secrets can't be decrypted");
    Endpoint intact = created.get(4);
    assertThat(endpoints(withNewKey).get(intact.companyId(), intact.id())).isEqualTo(intact);
  }
}
