package com.poolbrain.webhooks.store.secret;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The fixture encrypts all secrets with master key 7.
@Tag("slow")
class MasterKeyCheckTest {

  private static final MasterKey KEY_7 = ConfigFixture.masterKey(7);
  private static final MasterKey KEY_8 = ConfigFixture.masterKey(8);

  private final ConfigFixture configFixture = ConfigFixture.create(TestServer.EMBEDDED_18);

  @BeforeEach
  void createCompany() {
    configFixture.companies().put(40, "Blue Pools", ConfigFixture.ACTOR);
  }

  @AfterEach
  void close() {
    configFixture.close();
  }

  private Endpoint createEndpoint() {
    return configFixture.createEndpoint(40, "customer.created");
  }

  private void execute(String sql) {
    TestSql.execute(configFixture.testDatabase().settings(), sql);
  }

  private void checkWith(MasterKey current, MasterKey... previous) {
    var check = new MasterKeyCheck(new SecretBox(current, List.of(previous), new SecureRandom()));
    configFixture
        .database()
        .apiTransactions()
        .read(connection -> {
          check.run(connection);
          return true;
        });
  }

  @Test
  void a_database_without_secrets_needs_no_certain_key() {
    assertThatCode(() -> checkWith(KEY_8)).doesNotThrowAnyException();
  }

  @Test
  void a_missing_master_key_stops_the_start() {
    createEndpoint();

    assertThatCode(() -> checkWith(KEY_7)).doesNotThrowAnyException();
    assertThatCode(() -> checkWith(KEY_8, KEY_7)).doesNotThrowAnyException();
    assertThatThrownBy(() -> checkWith(KEY_8))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(KEY_7.id())
        .hasMessageContaining("WEBHOOKS_PREVIOUS_MASTER_KEYS");
  }

  @Test
  void a_key_that_decrypts_none_of_its_secrets_stops_the_start() {
    createEndpoint();
    createEndpoint();
    execute("update endpoint_secret set ciphertext = '\\x00'");

    assertThatThrownBy(() -> checkWith(KEY_7))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("None of the stored secrets")
        .hasMessageContaining(KEY_7.id());
  }

  @Test
  void the_only_secret_stops_the_start_if_it_cannot_be_decrypted() {
    createEndpoint();
    execute("update endpoint_secret set key_id = '%s'".formatted(KEY_8.id()));

    assertThatThrownBy(() -> checkWith(KEY_8))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(KEY_8.id());
  }

  @Test
  void one_secret_that_cannot_be_decrypted_stops_no_start_beside_others_of_its_key() {
    Endpoint broken = createEndpoint();
    createEndpoint();
    execute(
        "update endpoint_secret set ciphertext = '\\x00' where endpoint_id = '%s'"
            .formatted(broken.id()));

    assertThatCode(() -> checkWith(KEY_7)).doesNotThrowAnyException();
  }

  @Test
  void one_secret_that_a_rotation_left_behind_stops_no_start() {
    Endpoint leftBehind = createEndpoint();
    createEndpoint();
    execute(
        "update endpoint_secret set key_id = '%s' where endpoint_id = '%s'"
            .formatted(KEY_8.id(), leftBehind.id()));

    assertThatCode(() -> checkWith(KEY_7, KEY_8)).doesNotThrowAnyException();
  }
}
