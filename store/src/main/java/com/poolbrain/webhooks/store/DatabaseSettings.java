package com.poolbrain.webhooks.store;

/// The address of the database, and the sizes of the connection pools.
///
/// @param jdbcUrl `jdbc:postgresql://host:port/name`
/// @param ledgerConnections the fixed size of the pool of the hot path
/// @param apiConnections the maximum size of the pool of the API
public record DatabaseSettings(
    String jdbcUrl, String user, String password, int ledgerConnections, int apiConnections) {

  /// Settings with the default pool sizes.
  public static DatabaseSettings withDefaults(String jdbcUrl, String user, String password) {
    return new DatabaseSettings(jdbcUrl, user, password, 6, 8);
  }

  /// The URL without its parameters and passwords.
  public String address() {
    String masked = PasswordMask.hidePasswords(jdbcUrl);
    int queryStart = masked.indexOf('?');
    return queryStart < 0 ? masked : masked.substring(0, queryStart);
  }

  @Override
  public String toString() {
    return "DatabaseSettings[" + address() + " as " + user + "]";
  }
}
