package com.poolbrain.webhooks.domain.notice;

import java.time.Instant;
import java.util.UUID;

/// Something that the people who look after an endpoint are told.
///
/// @param at when its cause happened
public record Notice(
    long companyId, UUID endpointId, NoticeKind kind, Instant at, NoticeDetail detail) {}
