package com.poolbrain.webhooks.store.session;

import com.poolbrain.webhooks.domain.session.Role;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A session of the page that has not ended.
///
/// @param keyId the API key that made its link, or that signed in
/// @param keyName name of that key
/// @param keyScopes scopes of that key
/// @param companyId its only company; null for an operator
/// @param user the user whom the link was made for; null for an operator
public record Session(
    UUID id,
    UUID keyId,
    String keyName,
    List<String> keyScopes,
    @Nullable Long companyId,
    Role role,
    @Nullable String user) {}
