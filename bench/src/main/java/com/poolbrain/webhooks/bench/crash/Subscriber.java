package com.poolbrain.webhooks.bench.crash;

/// A company with one endpoint.
///
/// @param id of the company
/// @param secret of its endpoint
public record Subscriber(long id, String secret) {

  @Override
  public String toString() {
    return "Subscriber[" + id + "]";
  }
}
