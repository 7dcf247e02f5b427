package com.poolbrain.webhooks.api.access;

import com.poolbrain.webhooks.http.Identity;
import com.poolbrain.webhooks.management.Principal;

/// The API key that sent a request.
record ApiIdentity(Principal principal) implements Identity {

  @Override
  public String sender() {
    return principal.keyId();
  }
}
