package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.CompanyConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Where the ledger learns which companies changed.
@FunctionalInterface
public interface ConfigChanges {

  /// The companies, whole and with deleted endpoints, that changed after a version; -1 for all.
  /// What commits meanwhile may be in it already.
  List<CompanyConfig> readChangedSince(Connection connection, long sinceVersion)
      throws SQLException;
}
