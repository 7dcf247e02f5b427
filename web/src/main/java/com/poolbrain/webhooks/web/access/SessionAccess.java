package com.poolbrain.webhooks.web.access;

import com.poolbrain.webhooks.http.Access;
import com.poolbrain.webhooks.management.Operation;

/// A route for users who are signed in and may run an operation.
public sealed interface SessionAccess extends Access {

  /// A page of a company. The path has a `{company_id}`.
  record OfCompany(Operation operation) implements SessionAccess {}

  /// A page of the support console.
  record OfSupport(Operation operation) implements SessionAccess {}

  Operation operation();
}
