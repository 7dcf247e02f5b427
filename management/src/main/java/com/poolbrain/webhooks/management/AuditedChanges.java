package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.engine.Engine;
import java.util.function.Function;

/// Runs the changes that are recorded in the audit: checks the permission, names the caller to the
/// store, which writes the audit entry in the transaction of the change, and lets the engine reload
/// the configuration.
public final class AuditedChanges {

  private final Engine engine;

  public AuditedChanges(Engine engine) {
    this.engine = engine;
  }

  /// Changes the configuration of a company. This node obeys the change when this returns.
  ///
  /// @param change gets the name of the caller for the audit
  <T> T changeConfig(
      Principal principal, Operation operation, long companyId, Function<String, T> change)
      throws InterruptedException {
    T result = change(principal, operation, companyId, change);
    engine.refreshConfig();
    return result;
  }

  /// Changes data of a company that the engine does not use.
  <T> T change(
      Principal principal, Operation operation, long companyId, Function<String, T> change) {
    operation.require(principal, companyId);
    return change.apply(principal.auditName());
  }

  /// Changes data that belongs to no company.
  <T> T change(Principal principal, Operation operation, Function<String, T> change) {
    operation.require(principal);
    return change.apply(principal.auditName());
  }
}
