package com.poolbrain.webhooks.management.session;

import java.net.URI;
import java.time.Instant;

/// A link into the page of a company, good for one use.
public record PortalLink(URI url, Instant expiresAt) {
  @Override
  public String toString() {
    return "PortalLink[" + expiresAt + "]";
  }
}
