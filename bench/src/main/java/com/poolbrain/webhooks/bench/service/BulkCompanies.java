package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.engine.runtime.UuidV7Generator;
import com.poolbrain.webhooks.store.secret.MasterKey;
import com.poolbrain.webhooks.store.secret.SecretBox;
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
public final class BulkCompanies {

  private static final String INSERT_COMPANY =
      """
      insert into company (id, name, webhooks_enabled, created_at, version)
      values (?, 'Bench', true, now(), (select version from config))
      """;

  private static final String INSERT_ENDPOINT =
      """
      insert into endpoint (id, company_id, url, subscribed_events, created_at, max_concurrency, version)
      values (?, ?, ?, '{customer.created}', now(), ?, (select version from config))
      """;

  private static final String INSERT_SECRET =
      """
      insert into endpoint_secret (endpoint_id, company_id, role, key_id, ciphertext)
      values (?, ?, 'active', ?, ?)
      """;

  private BulkCompanies() {}

  /// Builds it.
  ///
  /// @param firstCompany id of the first company
  /// @param url of each company's endpoint
  public static void insert(
      Postgres postgres, long firstCompany, int count, IntFunction<String> url)
      throws SQLException {
    SecureRandom random = new SecureRandom();
    SecretBox secretBox =
        new SecretBox(MasterKey.parse(ServiceUnderTest.MASTER_KEY), List.of(), random);
    UuidV7Generator uuidV7Generator = new UuidV7Generator(InstantSource.system(), random);
    try (Connection connection = postgres.connect();
        Statement versionStatement = connection.createStatement();
        PreparedStatement companies = connection.prepareStatement(INSERT_COMPANY);
        PreparedStatement endpoints = connection.prepareStatement(INSERT_ENDPOINT);
        PreparedStatement secrets = connection.prepareStatement(INSERT_SECRET)) {
      connection.setAutoCommit(false);
      versionStatement.execute("update config set version = version + 1");
      for (int i = 0; i < count; i++) {
        long company = firstCompany + i;
        UUID endpoint = uuidV7Generator.get();
        companies.setLong(1, company);
        companies.addBatch();
        endpoints.setObject(1, endpoint);
        endpoints.setLong(2, company);
        endpoints.setString(3, url.apply(i));
        endpoints.setInt(4, ApiSetup.ENDPOINT_CONCURRENCY);
        endpoints.addBatch();
        SecretBox.SealedSecret sealedSecret =
            secretBox.seal("whsec_of_the_bench_" + company, endpoint, SecretBox.Role.ACTIVE);
        secrets.setObject(1, endpoint);
        secrets.setLong(2, company);
        secrets.setString(3, sealedSecret.keyId());
        secrets.setBytes(4, sealedSecret.bytes());
        secrets.addBatch();
      }
      companies.executeBatch();
      endpoints.executeBatch();
      secrets.executeBatch();
      connection.commit();
    }
  }
}
