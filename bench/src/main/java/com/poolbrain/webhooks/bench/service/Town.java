package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.engine.Ids;
import com.poolbrain.webhooks.store.MasterKey;
import com.poolbrain.webhooks.store.SecretBox;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/// Thousands of companies with webhooks on and an endpoint each, written to the database as one
/// change of the configuration.
public final class Town {

  private static final String COMPANY =
      """
      insert into company (id, name, webhooks_enabled, created_at, version)
      values (?, 'Bench', true, now(), (select version from config))
      """;

  private static final String ENDPOINT =
      """
      insert into endpoint (id, company_id, url, names, created_at, max_concurrency, version)
      values (?, ?, ?, '{customer.created}', now(), ?, (select version from config))
      """;

  private static final String SECRET =
      """
      insert into endpoint_secret (endpoint_id, company_id, role, key_id, ciphertext)
      values (?, ?, 'active', ?, ?)
      """;

  private Town() {}

  /// Builds it.
  ///
  /// @param first id of the first company
  /// @param url of each company's endpoint
  public static void build(Postgres postgres, long first, int count, IntFunction<String> url)
      throws SQLException {
    SecureRandom random = new SecureRandom();
    SecretBox box = new SecretBox(MasterKey.parse(OwnService.MASTER_KEY), List.of(), random);
    Ids ids = new Ids(InstantSource.system(), random);
    try (Connection connection = postgres.connect();
        Statement version = connection.createStatement();
        PreparedStatement companies = connection.prepareStatement(COMPANY);
        PreparedStatement endpoints = connection.prepareStatement(ENDPOINT);
        PreparedStatement secrets = connection.prepareStatement(SECRET)) {
      connection.setAutoCommit(false);
      version.execute("update config set version = version + 1");
      for (int i = 0; i < count; i++) {
        long company = first + i;
        UUID endpoint = ids.get();
        companies.setLong(1, company);
        companies.addBatch();
        endpoints.setObject(1, endpoint);
        endpoints.setLong(2, company);
        endpoints.setString(3, url.apply(i));
        endpoints.setInt(4, Setup.CONCURRENCY);
        endpoints.addBatch();
        SecretBox.Sealed sealed =
            box.seal("whsec_of_the_bench_" + company, endpoint, SecretBox.Role.ACTIVE);
        secrets.setObject(1, endpoint);
        secrets.setLong(2, company);
        secrets.setString(3, sealed.keyId());
        secrets.setBytes(4, sealed.bytes());
        secrets.addBatch();
      }
      companies.executeBatch();
      endpoints.executeBatch();
      secrets.executeBatch();
      connection.commit();
    }
  }
}
