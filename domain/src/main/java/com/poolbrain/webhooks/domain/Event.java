package com.poolbrain.webhooks.domain;

import java.time.Instant;
import java.util.UUID;

/// What one envelope carries: an item, or the items of a group.
///
/// @param id UUIDv7, shared by all endpoints that the event goes to; its time is that of acceptance
/// @param type canonical name
/// @param occurredAt when the business event occurred, of a group that of its latest item
/// @param itemCount how many; 1 is an object, more are an array
/// @param data the escaped ASCII JSON that is sent as `data`, never changed by anybody
public record Event(
    UUID id, long companyId, String type, Instant occurredAt, int itemCount, byte[] data) {}
