package com.poolbrain.webhooks.web.access;

import com.poolbrain.webhooks.http.Access;
import com.poolbrain.webhooks.management.Operation;

/// A route for users who are signed in and may run an operation.
public sealed interface SessionAccess extends Access {

  /// A page of a company. The path has a `{company_id}`.
  ///
  /// @param isForm whether a form of a session that has ended is read: its handler gets an
  ///   [EndedSession] then, and shows what was typed
  record OfCompany(Operation operation, boolean isForm) implements SessionAccess {}

  /// A page of the support console.
  record OfSupport(Operation operation) implements SessionAccess {}

  Operation operation();
}
