package com.poolbrain.webhooks.api.access;

import com.poolbrain.webhooks.http.Access;
import com.poolbrain.webhooks.management.Operation;

/// A route for API keys that may run an operation. The path of an operation on one company has a
/// `{company_id}`.
public record OperationAccess(Operation operation) implements Access {

  public static OperationAccess to(Operation operation) {
    return new OperationAccess(operation);
  }
}
