package com.poolbrain.webhooks.store.session;

import com.poolbrain.webhooks.domain.session.Role;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a session is started with.
///
/// @param companyId null for an operator
/// @param user null for an operator
record Grant(UUID keyId, @Nullable Long companyId, Role role, @Nullable String user) {

  /// The user in the audit.
  String actor() {
    return user == null ? "key:" + keyId : "user:" + user + " via key:" + keyId;
  }
}
