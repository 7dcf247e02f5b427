package com.poolbrain.webhooks.api.docs;

import com.poolbrain.webhooks.api.manage.AuditRoutes;
import com.poolbrain.webhooks.api.manage.CursorPaging;
import com.poolbrain.webhooks.api.manage.DeliveryRoutes;
import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.text.EmailAddress;
import com.poolbrain.webhooks.domain.text.TextRule;
import com.poolbrain.webhooks.events.DataSchema;
import com.poolbrain.webhooks.events.StrictJsonReader;
import com.poolbrain.webhooks.http.HttpLimits;
import com.poolbrain.webhooks.management.EndpointLimits;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.management.erasure.ErasureManagement;
import com.poolbrain.webhooks.management.eventtype.EventTypeLimits;
import com.poolbrain.webhooks.management.job.RecoveryManagement;
import com.poolbrain.webhooks.management.secret.SecretManagement;
import com.poolbrain.webhooks.management.session.PortalLinkManagement;
import com.poolbrain.webhooks.store.config.EventTypeStore;
import java.text.NumberFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// The limits in the OpenAPI document. Its text has `${name}` in the place of each, so that the
/// document can't name another limit than the one that is checked.
final class DocumentedLimits {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MEBIBYTE = 1024 * 1024;

  /// A placeholder, which is a JSON string of its own or a part of one.
  private static final Pattern PLACEHOLDER = Pattern.compile("\"\\$\\{(.+?)}\"|\\$\\{(.+?)}");

  /// Numbers, and regular expressions.
  static final Map<String, Object> BY_NAME = byName();

  private DocumentedLimits() {}

  private static Map<String, Object> byName() {
    Map<String, Object> limits = new HashMap<>();
    addPublishing(limits);
    addManagement(limits);
    addLists(limits);
    limits.put("line.pattern", TextRule.LINE.pattern());
    limits.put("lines.pattern", TextRule.LINES.pattern());
    limits.put("token.pattern", TextRule.TOKEN.pattern());
    return Map.copyOf(limits);
  }

  private static void addPublishing(Map<String, Object> limits) {
    limits.put("request.max_objects", Limits.MAX_REQUEST_OBJECTS);
    limits.put("request.max_items", Limits.MAX_REQUEST_ITEMS);
    limits.put("request.max_deliveries", Limits.MAX_REQUEST_DELIVERIES);
    limits.put("request.max_mebibytes", Limits.MAX_REQUEST_BYTES / MEBIBYTE);
    limits.put("item.max_bytes", Limits.MAX_CHUNK_BYTES);
    limits.put("json.max_nesting", StrictJsonReader.MAX_NESTING);
    limits.put("operation.max_length", Limits.MAX_OPERATION_LENGTH);
    limits.put("idempotency_key.max_length", Limits.MAX_IDEMPOTENCY_KEY_LENGTH);
    limits.put("idempotency_key.pattern", "^[!-~]*$");
  }

  private static void addManagement(Map<String, Object> limits) {
    limits.put("form.max_mebibytes", HttpLimits.MAX_JSON_FIELDS_BYTES / MEBIBYTE);
    limits.put("company_id.min", Company.MIN_ID);
    limits.put("company_id.max", Company.MAX_ID);
    limits.put("name.max_length", Limits.MAX_NAME_LENGTH);
    limits.put("company.max_endpoints", Limits.MAX_ENDPOINTS_PER_COMPANY);
    limits.put("url.max_length", EndpointLimits.MAX_URL_LENGTH);
    limits.put("subscription.max_names", EndpointLimits.MAX_EVENT_NAMES);
    limits.put("event_name.max_length", Limits.MAX_EVENT_NAME_LENGTH);
    limits.put("description.max_length", EndpointLimits.MAX_DESCRIPTION_LENGTH);
    limits.put("secret.min_length", EndpointLimits.MIN_SECRET_LENGTH);
    limits.put("secret.max_length", EndpointLimits.MAX_SECRET_LENGTH);
    limits.put("secret.min_characters", EndpointLimits.MIN_SECRET_CHARACTERS);
    limits.put("secret.max_overlap_seconds", SecretManagement.MAX_OVERLAP.toSeconds());
    limits.put("alert_emails.max", EndpointLimits.MAX_ALERT_EMAILS);
    limits.put("email.max_length", EmailAddress.MAX_LENGTH);
    limits.put("email.pattern", EmailAddress.PATTERN);
    limits.put("timeout.min_seconds", EndpointLimits.MIN_TIMEOUT_SECONDS);
    limits.put("timeout.max_seconds", EndpointLimits.MAX_TIMEOUT_SECONDS);
    limits.put("concurrency.min", EndpointLimits.MIN_CONCURRENCY);
    limits.put("concurrency.max", EndpointLimits.MAX_CONCURRENCY);
    limits.put("rate.min", EndpointLimits.MIN_RATE_PER_SECOND);
    limits.put("rate.max", EndpointLimits.MAX_RATE_PER_SECOND);
    limits.put("portal_link.min_seconds", PortalLinkManagement.MIN_LIFETIME.toSeconds());
    limits.put("portal_link.max_seconds", PortalLinkManagement.MAX_LIFETIME.toSeconds());
    limits.put("event_type.max_types", Limits.MAX_OPERATOR_EVENT_TYPES);
    limits.put("event_type.description.max_length", EventTypeLimits.MAX_DESCRIPTION_LENGTH);
    limits.put("event_type.category.max_length", EventTypeLimits.MAX_CATEGORY_LENGTH);
    limits.put("event_type.schema.max_bytes", EventTypeLimits.MAX_SCHEMA_BYTES);
    limits.put("event_type.schema.max_fields", DataSchema.MAX_FIELDS);
    limits.put("event_type.samples.max_elements", EventTypeLimits.MAX_SAMPLES);
    limits.put("event_type.samples.max_bytes", EventTypeLimits.MAX_SAMPLES_BYTES);
    limits.put("event_type.searchable.max_fields", EventTypeLimits.MAX_SEARCHABLE_FIELDS);
    limits.put("event_type.max_changes", EventTypeStore.MAX_CHANGES);
    limits.put("customer_id.max_length", ErasureManagement.MAX_CUSTOMER_ID_LENGTH);
    limits.put("job_rate.min", RecoveryManagement.MIN_RATE_PER_SECOND);
    limits.put("job_rate.max", RecoveryManagement.MAX_RATE_PER_SECOND);
    limits.put("job_rate.default", RecoveryManagement.DEFAULT_RATE_PER_SECOND);
    limits.put("key.max_scopes", Scope.values().length);
  }

  private static void addLists(Map<String, Object> limits) {
    limits.put("page.min_size", CursorPaging.MIN_LIMIT);
    limits.put("page.max_size", CursorPaging.MAX_LIMIT);
    limits.put("page.default_size", CursorPaging.DEFAULT_LIMIT);
    limits.put("cursor.max_length", CursorPaging.MAX_CURSOR_LENGTH);
    limits.put("actor.max_length", AuditRoutes.MAX_ACTOR_LENGTH);
    limits.put("search.max_length", DeliveryRoutes.MAX_SEARCH_LENGTH);
  }

  /// The text of the document with limits instead of placeholders.
  static String fillIn(String template) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(match ->
            Matcher.quoteReplacement(
                match.group(1) == null
                    ? NumberFormat.getInstance(Locale.ROOT).format(find(match.group(2)))
                    : JSON.writeValueAsString(find(match.group(1)))));
  }

  private static Object find(String name) {
    Object limit = BY_NAME.get(name);
    if (limit == null) {
      throw new IllegalStateException("openapi.json has the unknown limit " + name);
    }
    return limit;
  }
}
