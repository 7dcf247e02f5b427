package com.poolbrain.webhooks.domain.history;

import com.poolbrain.webhooks.domain.WireNamed;

/// What became of an event for one endpoint.
public enum RoutingDecision implements WireNamed {
  /// A delivery was made, to be sent.
  SELECTED,
  /// A delivery was recorded that was not to be sent, or no longer.
  SKIPPED,
  /// The endpoint was not subscribed to the type of the event.
  NOT_SUBSCRIBED,
  /// The endpoint did not exist yet.
  CREATED_LATER,
  /// The endpoint did not exist any more.
  DELETED
}
