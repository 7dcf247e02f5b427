package com.poolbrain.webhooks.management.audit;

import com.poolbrain.webhooks.domain.audit.AuditEntry;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.audit.AuditFilter;
import com.poolbrain.webhooks.store.audit.AuditLog;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The entries of the audit that a caller may see.
public final class AuditTrail {

  private final AuditLog auditLog;

  public AuditTrail(AuditLog auditLog) {
    this.auditLog = auditLog;
  }

  /// Entries that match a filter, newest first. A caller that is bound to a company sees the
  /// entries of that company only.
  ///
  /// @param before the last id of the page before; null for the first page
  /// @throws NotFound if the filter names a company that the caller can't access
  public Page<AuditEntry> list(
      Principal principal, AuditFilter filter, @Nullable UUID before, int limit) {
    Operation.READ_AUDIT.require(principal);
    return auditLog.list(restrict(filter, principal.companyId()), before, limit);
  }

  private static AuditFilter restrict(AuditFilter filter, @Nullable Long ownCompanyId) {
    if (ownCompanyId == null) {
      return filter;
    }
    if (filter.companyId() != null && !filter.companyId().equals(ownCompanyId)) {
      throw NotFound.company(filter.companyId().toString());
    }
    return filter.withCompanyId(ownCompanyId);
  }
}
