package com.poolbrain.webhooks.web.audit;

import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.web.component.ActorView;
import com.poolbrain.webhooks.web.page.EndpointNames;
import com.poolbrain.webhooks.web.page.PagePaths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An entry of the audit.
///
/// @param who user or key
/// @param via the key that opened the page for the user; null if a key did it itself
/// @param fromAddress null for the service itself
/// @param subject company, endpoint or delivery
/// @param subjectPath page of what was changed; null if it has none
record AuditRow(
    Instant at,
    String who,
    @Nullable String via,
    @Nullable String fromAddress,
    String action,
    String subject,
    @Nullable String subjectPath,
    List<Change> changes) {

  /// A field that was changed.
  ///
  /// @param before null if it did not exist
  /// @param after null if it is gone
  record Change(String field, @Nullable String before, @Nullable String after) {}

  static AuditRow of(AuditEntry entry, EndpointNames endpoints, PagePaths paths) {
    ActorView actor = ActorView.of(entry.actor());
    Subject subject = entry.subject();
    return new AuditRow(
        entry.at(),
        actor.who(),
        actor.via(),
        entry.actor().fromAddress(),
        words(entry.action()),
        subject(subject, endpoints),
        path(subject, paths),
        changes(entry.before(), entry.after()));
  }

  /// `endpoint.created` as `Endpoint created`.
  static String words(AuditAction action) {
    String words = action.wireName().replace('.', ' ').replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String subject(Subject subject, EndpointNames endpoints) {
    String host = subject.endpointId() == null ? "" : endpoints.host(subject.endpointId());
    if (subject.deliveryId() != null) {
      return "a delivery to " + host;
    }
    return host.isEmpty() ? "company" : host;
  }

  private static @Nullable String path(Subject subject, PagePaths paths) {
    if (subject.deliveryId() != null) {
      return paths.delivery(subject.deliveryId());
    }
    return subject.endpointId() == null ? null : paths.endpoint(subject.endpointId());
  }

  private static List<Change> changes(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    Set<String> fields = new LinkedHashSet<>(before.keySet());
    fields.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    for (String field : fields) {
      changes.add(
          new Change(
              field,
              before.containsKey(field) ? text(before.get(field)) : null,
              after.containsKey(field) ? text(after.get(field)) : null));
    }
    return List.copyOf(changes);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "none";
      case String text when text.isEmpty() -> "empty";
      case List<?> list when list.isEmpty() -> "none";
      case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(", "));
      default -> value.toString();
    };
  }
}
