package com.poolbrain.webhooks.engine.ledger;

import java.util.List;
import java.util.UUID;

/// The answer to a publisher about one object of a request.
///
/// @param ids the events it became, in the order of its items; never empty
/// @param event canonical name
/// @param deliveries open deliveries made
/// @param skipped deliveries recorded as skipped
public record Receipt(List<UUID> ids, long companyId, String event, int deliveries, int skipped) {}
