package com.poolbrain.webhooks.consumer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class H2StoresTest implements JdbcContract {

  private final JdbcConnectionPool pool =
      JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");

  @Override
  public DataSource dataSource() {
    return pool;
  }

  @AfterEach
  void close() {
    pool.dispose();
  }

  @Test
  void a_role_that_may_not_create_tables_is_told_their_definition() throws SQLException {
    String url = "jdbc:h2:mem:shared-" + UUID.randomUUID();
    JdbcConnectionPool owner = JdbcConnectionPool.create(url, "sa", "");
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create user guest password 'guest'");
      JdbcConnectionPool guest = JdbcConnectionPool.create(url, "guest", "guest");

      assertThatThrownBy(() -> JdbcIdempotencyStore.of(guest))
          .isInstanceOf(JdbcStoreException.class)
          .hasMessageContaining("create table poolbrain_webhook (");

      JdbcIdempotencyStore.of(owner);
      statement.execute("grant select, insert, update, delete on poolbrain_webhook to guest");
      assertThat(JdbcIdempotencyStore.of(guest)).as("its table exists").isNotNull();
      guest.dispose();
    } finally {
      owner.dispose();
    }
  }
}
