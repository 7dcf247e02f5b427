package com.poolbrain.webhooks.domain;

/// The response of an endpoint, as far as it is kept.
///
/// @param statusCode final HTTP status, 100 to 999
/// @param body start of the body as text: at most 16 KiB, of a 2xx response at most 1 KiB
public record EndpointResponse(int statusCode, String body) {

  @Override
  public String toString() {
    return "EndpointResponse[" + statusCode + "]";
  }
}
