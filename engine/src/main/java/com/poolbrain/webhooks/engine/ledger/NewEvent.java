package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.Event;
import java.util.List;

/// An event that is about to be stored.
///
/// @param refs business ids in its data (customer id, job id, job number), by which it is searched
public record NewEvent(Event event, List<String> refs) {}
