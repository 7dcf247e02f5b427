package com.poolbrain.webhooks.store;

/// Where the database is, and how much of it this node uses.
///
/// @param jdbcUrl `jdbc:postgresql://host:port/name`
/// @param ledgerConnections kept open for accepting, claiming and settling
/// @param apiConnections at most so many for what people ask and change
public record DatabaseSettings(
    String jdbcUrl, String user, String password, int ledgerConnections, int apiConnections) {

  /// The usual numbers of connections.
  public static DatabaseSettings withDefaults(String jdbcUrl, String user, String password) {
    return new DatabaseSettings(jdbcUrl, user, password, 6, 8);
  }

  /// The URL without its parameters, which may hold secrets.
  public String address() {
    int queryStart = jdbcUrl.indexOf('?');
    return queryStart < 0 ? jdbcUrl : jdbcUrl.substring(0, queryStart);
  }

  @Override
  public String toString() {
    return "DatabaseSettings[" + address() + " as " + user + "]";
  }
}
