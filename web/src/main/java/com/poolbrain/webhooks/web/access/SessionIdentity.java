package com.poolbrain.webhooks.web.access;

import com.poolbrain.webhooks.http.Identity;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.session.SessionManagement.SignedIn;

/// The session that sent a request.
///
/// @param csrfToken what each form of the session must bear
public record SessionIdentity(SignedIn signedIn, String csrfToken) implements Identity {

  @Override
  public String sender() {
    return "session:" + signedIn.sessionId();
  }

  /// The user as a caller of use cases.
  public Principal principal() {
    return signedIn.principal();
  }

  @Override
  public String toString() {
    return "SessionIdentity[" + signedIn + "]";
  }
}
