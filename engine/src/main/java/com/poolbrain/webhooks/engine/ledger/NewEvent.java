package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.Event;
import java.util.List;

/// An event that is being accepted.
///
/// @param refs what its data refers to, in the form in which people search for it
public record NewEvent(Event event, List<String> refs) {}
