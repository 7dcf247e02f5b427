package com.poolbrain.webhooks.web.access;

import com.poolbrain.webhooks.http.Identity;
import com.poolbrain.webhooks.http.problem.Problem;

/// The sender of a form whose session has ended. It may do nothing: its form is read only to show
/// again what was typed.
///
/// @param problem why the form is refused
public record EndedSession(Problem problem) implements Identity {

  /// All such senders share one allowance of memory.
  @Override
  public String sender() {
    return "ended sessions";
  }
}
