package com.poolbrain.webhooks.store.config;

import static com.poolbrain.webhooks.store.config.ConfigFixture.ACTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.audit.AuditFilter;
import com.poolbrain.webhooks.store.audit.AuditLog;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class AuditLogTest {

  private static final Actor OTHER = new Actor("user:ann via key:1", null);
  private static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);

  private final ConfigFixture configFixture;
  private final AuditLog auditLog;

  AuditLogTest(TestServer server) {
    configFixture = ConfigFixture.create(server);
    auditLog =
        new AuditLog(configFixture.database().apiTransactions(), new Audit(UUID::randomUUID));
  }

  @BeforeEach
  void change() {
    configFixture.companies().put(40, "Blue Pools", ACTOR);
    Endpoint endpoint = configFixture.createEndpoint(40, "customer.created", "job.created");
    configFixture
        .endpoints()
        .update(
            40,
            endpoint.id(),
            e -> e.withUrl(URI.create("https://consumer.example/\"new\"".replace("\"", "%22"))),
            OTHER);
    configFixture.companies().put(41, "Green Pools", OTHER);
  }

  @AfterEach
  void close() {
    configFixture.close();
  }

  private List<AuditEntry> list(AuditFilter filter) {
    return auditLog.list(filter, null, 100).items();
  }

  private static AuditFilter filter(
      @Nullable Long company, @Nullable String actor, @Nullable AuditAction action) {
    return new AuditFilter(company, actor, action, null, null);
  }

  @Test
  void entries_have_what_was_written_newest_first() {
    List<AuditEntry> entries = list(ALL);
    assertThat(entries)
        .extracting(AuditEntry::action)
        .containsExactly(
            AuditAction.COMPANY_CREATED,
            AuditAction.ENDPOINT_UPDATED,
            AuditAction.ENDPOINT_CREATED,
            AuditAction.COMPANY_CREATED);
    assertThat(entries).extracting(AuditEntry::actor).containsExactly(OTHER, OTHER, ACTOR, ACTOR);
    AuditEntry created = entries.get(2);
    assertThat(created.before()).isEmpty();
    assertThat(created.after())
        .isEqualTo(
            Map.of(
                "url",
                "https://consumer.example/hooks",
                "events",
                List.of("customer.created", "job.created")));
    assertThat(entries.get(1).after().get("url")).isEqualTo("https://consumer.example/%22new%22");
    assertThat(created.subject().companyId()).isEqualTo(40);
    assertThat(created.subject().endpointId()).isNotNull();
  }

  @Test
  void filters_apply_together() {
    assertThat(list(filter(40L, null, null))).hasSize(3);
    assertThat(list(filter(40L, OTHER.name(), null))).hasSize(1);
    assertThat(list(filter(null, null, AuditAction.COMPANY_CREATED))).hasSize(2);
    assertThat(list(filter(40L, OTHER.name(), AuditAction.COMPANY_CREATED))).isEmpty();
  }

  @Test
  void time_range_includes_its_start_and_excludes_its_end() {
    Instant second = UuidV7.instantOf(list(ALL).get(2).id());
    AuditFilter fromSecond = new AuditFilter(null, null, null, second, null);
    AuditFilter beforeSecond = new AuditFilter(null, null, null, null, second);
    assertThat(list(fromSecond)).hasSize(3);
    assertThat(list(beforeSecond)).hasSize(1);
    Instant later = second.plus(Duration.ofDays(1));
    assertThat(list(new AuditFilter(null, null, null, later, null))).isEmpty();
  }

  @Test
  void pages_continue_where_the_one_before_ended() {
    Page<AuditEntry> first = auditLog.list(ALL, null, 3);
    UUID last = first.items().getLast().id();
    assertThat(first.hasMore()).isTrue();
    assertThat(auditLog.list(ALL, last, 3).items())
        .extracting(AuditEntry::id)
        .containsExactly(list(ALL).getLast().id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit set actor = 'nobody'",
        "delete from audit",
        "truncate audit",
        "update audit_default set actor = 'nobody'",
        "delete from audit_default",
      })
  void the_database_refuses_to_change_entries(String sql) {
    assertThatThrownBy(() -> TestSql.execute(configFixture.testDatabase().settings(), sql))
        .rootCause()
        .hasMessageContaining("entries of the audit are never changed or deleted");
    assertThat(list(ALL)).hasSize(4);
  }
}
