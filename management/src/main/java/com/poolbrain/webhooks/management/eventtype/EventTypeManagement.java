package com.poolbrain.webhooks.management.eventtype;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.EventTypeNames;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.management.AuditedChanges;
import com.poolbrain.webhooks.management.InputCheck;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.RefusedChange;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.management.Result.Done;
import com.poolbrain.webhooks.management.Result.Refused;
import com.poolbrain.webhooks.store.config.EventTypeStore;
import com.poolbrain.webhooks.store.config.EventTypeStore.PutResult;
import com.poolbrain.webhooks.store.config.StoredEventType;
import com.poolbrain.webhooks.store.config.StoredEventType.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The catalogue of event types, to which operators add types.
public final class EventTypeManagement {

  private static final String RESERVED_PREFIX = "webhook.";

  private final EventTypeRegistry registry;
  private final EventTypeStore store;
  private final AuditedChanges changes;

  public EventTypeManagement(
      EventTypeRegistry registry, EventTypeStore store, AuditedChanges changes) {
    this.registry = registry;
    this.store = store;
    this.changes = changes;
  }

  /// The result of [#put].
  ///
  /// @param created false if the type existed already
  public record PutEventType(KnownEventType type, boolean created) {}

  /// All event types.
  public List<KnownEventType> list(Principal principal) {
    Operation.READ_EVENT_TYPES.require(principal);
    return registry.list();
  }

  /// The event type of a name, canonical or an alias, in any case.
  public KnownEventType get(Principal principal, String name) {
    Operation.READ_EVENT_TYPES.require(principal);
    KnownEventType found = registry.find(name);
    if (found == null) {
      throw NotFound.eventType(registry.catalogue().explainUnknown(name));
    }
    return found;
  }

  /// Why no operator can define a type of this name; null if one can.
  public @Nullable String findReservation(String name) {
    if (!registry.isBuiltIn(name)) {
      return null;
    }
    ResolvedEventType builtIn = registry.catalogue().find(name).orElseThrow();
    String canonical = builtIn.type().name();
    return builtIn.isAlias()
        ? "%s is reserved for ever as an alias of %s; choose another name."
            .formatted(builtIn.name(), canonical)
        : canonical + " is a built-in event type, which can't be changed; choose another name.";
  }

  /// The rules that a type breaks, its name included.
  public List<ValidationError> validate(String name, EventTypeInput input) {
    var check = new InputCheck();
    checkName(check, name);
    EventTypeInputParser.parse(input).errors().forEach(e -> check.add(e.pointer(), e.detail()));
    return check.errors();
  }

  private void checkName(InputCheck check, String name) {
    if (registry.find(name) != null) {
      return;
    }
    if (name.toLowerCase(Locale.ROOT).startsWith(RESERVED_PREFIX)) {
      check.add("", "Names that begin with \"webhook.\" are reserved; choose another name.");
      return;
    }
    try {
      EventTypeNames.of(name);
    } catch (IllegalArgumentException e) {
      check.add("", String.valueOf(e.getMessage()));
    }
  }

  /// Adds an event type, or changes one in a way that breaks neither consumers nor publishers.
  ///
  /// @param name canonical, in any case if the type exists
  public Result<PutEventType> put(Principal principal, String name, EventTypeInput input)
      throws InterruptedException {
    Operation.CHANGE_EVENT_TYPES.require(principal);
    String reservation = findReservation(name);
    if (reservation != null) {
      return new Refused<>(reservation);
    }
    InputCheck.requireValid(validate(name, input));
    Fields fields = Objects.requireNonNull(EventTypeInputParser.parse(input).fields());
    KnownEventType known = registry.find(name);
    String canonical = known == null ? name : known.definition().name();
    EventTypeDefinition definition = OperatorEventType.parse(canonical, fields);
    Result<PutResult> stored =
        changes.changeConfigIfAllowed(
            principal,
            Operation.CHANGE_EVENT_TYPES,
            actor -> store.put(canonical, fields, before -> review(before, definition), actor));
    return switch (stored) {
      case Refused<PutResult>(String advice) -> new Refused<>(advice);
      case Done<PutResult>(PutResult.LimitReached()) ->
          new Refused<>(
              "There are %d event types of operators, which is the most; change one of them."
                  .formatted(Limits.MAX_OPERATOR_EVENT_TYPES));
      case Done<PutResult>(PutResult.Created(StoredEventType type)) -> done(definition, type, true);
      case Done<PutResult>(PutResult.Changed(StoredEventType type)) ->
          done(definition, type, false);
    };
  }

  private static Result<PutEventType> done(
      EventTypeDefinition definition, StoredEventType type, boolean created) {
    return new Done<>(new PutEventType(KnownEventType.ofOperator(definition, type), created));
  }

  /// The notices of a change.
  ///
  /// @throws RefusedChange if the change breaks consumers or publishers
  private static List<String> review(Fields before, EventTypeDefinition after) {
    EventTypeDefinition present;
    try {
      present = OperatorEventType.parse(after.name(), before);
    } catch (IllegalArgumentException unusable) { // by this version; the registry logged it
      return List.of("The event type was defined anew.");
    }
    var change = new EventTypeChange(present, after);
    RefusedChange.when(!change.refusal().isEmpty(), change.refusal());
    return change.notices();
  }
}
