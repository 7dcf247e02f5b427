package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.web.testsend.TestResultView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first steps of a company, or of one endpoint: a checklist that ticks itself.
///
/// @param header of the endpoint; null before one is created
/// @param secret null before an endpoint is created
/// @param isSecretRevealed whether the secret was revealed or copied once
/// @param test the last test send; null if there was none
/// @param sample what the server receives
record SetupView(
    boolean isOn,
    @Nullable EndpointHeader header,
    @Nullable SecretView secret,
    boolean isSecretRevealed,
    @Nullable TestResultView test,
    @Nullable String refusal,
    List<Snippet> snippets,
    Snippet snippet,
    Sample sample,
    DeliveryPromise promise) {

  /// What a server receives.
  record Sample(String event, String path, String json) {}

  boolean isTested() {
    return test != null && test.delivered();
  }

  /// How many of the steps are done.
  int done() {
    return (isOn ? 1 : 0)
        + (header == null ? 0 : 1)
        + (isSecretRevealed ? 1 : 0)
        + (isTested() ? 1 : 0);
  }

  /// The state of a step: `done`, `now` or `later`.
  ///
  /// @param number from 1
  String state(int number) {
    boolean[] done = {isOn, header != null, isSecretRevealed, isTested()};
    if (done[number - 1]) {
      return "done";
    }
    for (int i = 0; i < number - 1; i++) {
      if (!done[i]) {
        return "later";
      }
    }
    return "now";
  }
}
