package com.poolbrain.webhooks.management;

import java.util.List;

/// The fields of a new endpoint, or those of an endpoint that change.
///
/// @param events names of events, in any spelling
/// @param description null empties it
/// @param secret chosen by the customer
/// @param timeoutSeconds null restores the default of the service, as for the next two
public record EndpointInput(
    Field<String> url,
    Field<List<String>> events,
    Field<String> description,
    Field<Boolean> paused,
    Field<String> secret,
    Field<Long> timeoutSeconds,
    Field<Long> maxConcurrency,
    Field<Double> ratePerSecond,
    Field<Boolean> standardWebhooks,
    Field<Boolean> traceContext,
    Field<List<String>> alertEmails) {

  @Override
  public String toString() {
    return "EndpointInput[hidden]";
  }
}
