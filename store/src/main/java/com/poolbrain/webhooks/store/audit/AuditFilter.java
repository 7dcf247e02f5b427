package com.poolbrain.webhooks.store.audit;

import com.poolbrain.webhooks.domain.audit.AuditAction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which entries of the audit a list shows. Null means any.
///
/// @param actor the exact name of an actor
/// @param from inclusive
/// @param to exclusive
public record AuditFilter(
    @Nullable Long companyId,
    @Nullable String actor,
    @Nullable AuditAction action,
    @Nullable Instant from,
    @Nullable Instant to) {

  /// The filter for one company.
  public AuditFilter withCompanyId(long newCompanyId) {
    return new AuditFilter(newCompanyId, actor, action, from, to);
  }
}
