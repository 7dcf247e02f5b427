package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.store.audit.AuditLog;
import java.util.function.Function;

/// Runs the changes that are recorded in the audit: checks the permission, names the caller to the
/// store, which writes the audit entry in the transaction of the change, and lets the engine reload
/// the configuration.
public final class AuditedChanges {

  private final Engine engine;
  private final AuditLog auditLog;

  public AuditedChanges(Engine engine, AuditLog auditLog) {
    this.engine = engine;
    this.auditLog = auditLog;
  }

  /// Records what the engine did for a caller.
  void record(Principal principal, AuditAction action, Subject subject, FieldChanges changes) {
    auditLog.append(principal.actor(), action, subject, changes);
  }

  /// Changes the configuration of a company. This node obeys the change when this returns.
  ///
  /// @param change gets the caller for the audit
  public <T> T changeConfig(
      Principal principal, Operation operation, long companyId, Function<Actor, T> change)
      throws InterruptedException {
    T result = change(principal, operation, companyId, change);
    engine.refreshConfig();
    return result;
  }

  /// Changes the configuration of a company, unless its state forbids it: the change then throws
  /// [RefusedChange].
  public <T> Result<T> changeConfigIfAllowed(
      Principal principal, Operation operation, long companyId, Function<Actor, T> change)
      throws InterruptedException {
    try {
      return new Result.Done<>(changeConfig(principal, operation, companyId, change));
    } catch (RefusedChange refused) {
      return new Result.Refused<>(refused.advice());
    }
  }

  /// Changes configuration that belongs to no company, unless its state forbids it: the change then
  /// throws [RefusedChange]. This node obeys the change when this returns.
  public <T> Result<T> changeConfigIfAllowed(
      Principal principal, Operation operation, Function<Actor, T> change)
      throws InterruptedException {
    try {
      T result = change(principal, operation, change);
      engine.refreshConfig();
      return new Result.Done<>(result);
    } catch (RefusedChange refused) {
      return new Result.Refused<>(refused.advice());
    }
  }

  /// Changes data of a company that the engine does not use.
  public <T> T change(
      Principal principal, Operation operation, long companyId, Function<Actor, T> change) {
    operation.require(principal, companyId);
    return change.apply(principal.actor());
  }

  /// Changes data that belongs to no company.
  public <T> T change(Principal principal, Operation operation, Function<Actor, T> change) {
    operation.require(principal);
    return change.apply(principal.actor());
  }
}
