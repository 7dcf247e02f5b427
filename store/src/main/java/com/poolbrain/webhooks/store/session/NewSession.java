package com.poolbrain.webhooks.store.session;

/// A session that was just started.
///
/// @param token for the cookie of the browser
public record NewSession(Session session, String token) {
  @Override
  public String toString() {
    return "NewSession[" + session + "]";
  }
}
