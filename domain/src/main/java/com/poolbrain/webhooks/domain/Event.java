package com.poolbrain.webhooks.domain;

import java.time.Instant;
import java.util.UUID;

/// An accepted event: the content of one envelope, with one item or the items of a group.
///
/// @param id UUIDv7 with the time of acceptance; the same for all endpoints
/// @param type canonical name of the event type
/// @param occurredAt when the business event occurred; for a group, that of its latest item
/// @param itemCount 1 for an object in `data`, more for an array
/// @param data JSON in ASCII that is sent as `data`; not to be changed
public record Event(
    UUID id, long companyId, String type, Instant occurredAt, int itemCount, byte[] data) {}
