package com.poolbrain.webhooks.management.secret;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.management.AuditedChanges;
import com.poolbrain.webhooks.management.EndpointValidator;
import com.poolbrain.webhooks.management.ManagementException.InvalidInput;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.RefusalText;
import com.poolbrain.webhooks.management.RefusedChange;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.management.Result.Done;
import com.poolbrain.webhooks.management.Result.Refused;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.store.config.Endpoints;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Secrets of endpoints. A roll makes the next secret, which is given to the consumer first. Its
/// activation makes it the active one, while the one before goes on signing for an overlap.
public final class SecretManagement {

  /// How long the previous secret signs in addition unless the customer chooses.
  public static final Duration DEFAULT_OVERLAP = Duration.ofHours(24);

  /// The longest overlap.
  public static final Duration MAX_OVERLAP = Duration.ofDays(7);

  private final Endpoints endpoints;
  private final Supplier<Secret> secretGenerator;
  private final InstantSource clock;
  private final AuditedChanges changes;

  public SecretManagement(
      Endpoints endpoints,
      Supplier<Secret> secretGenerator,
      InstantSource clock,
      AuditedChanges changes) {
    this.endpoints = endpoints;
    this.secretGenerator = secretGenerator;
    this.clock = clock;
    this.changes = changes;
  }

  /// The secrets of an endpoint that are valid now.
  public record RevealedSecrets(
      String active,
      @Nullable String next,
      @Nullable String previous,
      @Nullable Instant previousExpiresAt) {

    @Override
    public String toString() {
      return "RevealedSecrets[hidden]";
    }
  }

  /// A secret that was just made or given.
  public record NextSecret(String next) {
    @Override
    public String toString() {
      return "NextSecret[hidden]";
    }
  }

  /// The end of the overlap after an activation.
  ///
  /// @param previousExpiresAt null if there is no overlap
  public record Activation(@Nullable Instant previousExpiresAt) {}

  /// Reveals the secrets of an endpoint. Refused if they can't be read.
  public Result<RevealedSecrets> reveal(Principal principal, long companyId, UUID endpointId) {
    SigningSecrets secrets =
        changes.change(
            principal,
            Operation.REVEAL_SECRET,
            companyId,
            actor -> {
              SigningSecrets found = endpoints.revealSecrets(companyId, endpointId, actor);
              if (found == null) {
                throw NotFound.endpoint(companyId, endpointId);
              }
              return found;
            });
    if (!secrets.isReadable()) {
      return new Refused<>(RefusalText.UNREADABLE_SECRET);
    }
    String previous = secrets.previousAt(clock.instant());
    return new Done<>(
        new RevealedSecrets(
            secrets.active(),
            secrets.next(),
            previous,
            previous == null ? null : secrets.previousExpiresAt()));
  }

  /// The rules that a chosen secret breaks.
  public static List<ValidationError> validate(@Nullable String secret) {
    return EndpointValidator.validateChosenSecret(secret);
  }

  /// The rules that an overlap breaks.
  public static List<ValidationError> validateOverlap(@Nullable Long seconds) {
    return seconds == null || (seconds >= 0 && seconds <= MAX_OVERLAP.toSeconds())
        ? List.of()
        : List.of(
            new ValidationError(
                "/overlap_seconds",
                "Must be a whole number from 0 to %d (7 days)."
                    .formatted(MAX_OVERLAP.toSeconds())));
  }

  /// Makes the next secret, or takes a chosen one. It signs in addition until it is activated.
  ///
  /// @param chosen null for a generated one
  public Result<NextSecret> roll(
      Principal principal, long companyId, UUID endpointId, @Nullable String chosen)
      throws InterruptedException {
    requireValid(validate(chosen));
    String next = chosen == null ? secretGenerator.get().reveal() : chosen;
    return change(
        principal,
        companyId,
        endpointId,
        AuditAction.SECRET_ROLLED,
        endpoint -> {
          SigningSecrets secrets = endpoint.signingSecrets();
          RefusedChange.when(
              secrets.next() != null,
              "A next secret exists: activate it with POST …/secret/activate, or drop it with POST"
                  + " …/secret/cancel-roll.");
          RefusedChange.when(
              secrets.previousAt(clock.instant()) != null,
              "The previous secret still signs, until %s: end that with POST …/secret/revoke-previous, or wait."
                  .formatted(secrets.previousExpiresAt()));
          RefusedChange.when(
              next.equals(secrets.active()), "This is the active secret; choose another one.");
          if (endpoint.deliveryOptions().standardWebhooks()) {
            requireValid(EndpointValidator.validateStandardSecret("/secret", next));
          }
          return secrets.rolledTo(next);
        },
        _ -> new NextSecret(next));
  }

  /// Drops the next secret.
  public Result<Endpoint> cancelRoll(Principal principal, long companyId, UUID endpointId)
      throws InterruptedException {
    return change(
        principal,
        companyId,
        endpointId,
        AuditAction.SECRET_ROLL_CANCELLED,
        endpoint -> {
          RefusedChange.when(
              endpoint.signingSecrets().next() == null, "There is no next secret to drop.");
          return endpoint.signingSecrets().withoutNext();
        },
        endpoint -> endpoint);
  }

  /// Makes the next secret the active one. The one before signs in addition for the overlap.
  ///
  /// @param overlapSeconds null for 24 hours, 0 for none
  public Result<Activation> activate(
      Principal principal, long companyId, UUID endpointId, @Nullable Long overlapSeconds)
      throws InterruptedException {
    requireValid(validateOverlap(overlapSeconds));
    Duration overlap =
        overlapSeconds == null ? DEFAULT_OVERLAP : Duration.ofSeconds(overlapSeconds);
    Instant overlapEndsAt = clock.instant().plus(overlap).truncatedTo(ChronoUnit.MICROS);
    return change(
        principal,
        companyId,
        endpointId,
        AuditAction.SECRET_ACTIVATED,
        endpoint -> {
          RefusedChange.when(
              endpoint.signingSecrets().next() == null,
              "There is no next secret to activate; make one with POST …/secret/roll.");
          return endpoint.signingSecrets().activated(overlap.isZero() ? null : overlapEndsAt);
        },
        endpoint -> new Activation(endpoint.signingSecrets().previousExpiresAt()));
  }

  /// Ends the overlap: the previous secret no longer signs.
  public Result<Endpoint> revokePrevious(Principal principal, long companyId, UUID endpointId)
      throws InterruptedException {
    return change(
        principal,
        companyId,
        endpointId,
        AuditAction.SECRET_PREVIOUS_REVOKED,
        endpoint -> {
          RefusedChange.when(
              endpoint.signingSecrets().previousAt(clock.instant()) == null,
              "There is no previous secret that still signs.");
          return endpoint.signingSecrets().withoutPrevious();
        },
        endpoint -> endpoint);
  }

  private <T> Result<T> change(
      Principal principal,
      long companyId,
      UUID endpointId,
      AuditAction action,
      Function<Endpoint, SigningSecrets> editor,
      Function<Endpoint, T> toValue)
      throws InterruptedException {
    return changes.changeConfigIfAllowed(
        principal,
        Operation.CHANGE_SECRET,
        companyId,
        actor -> {
          Endpoint changed =
              endpoints.changeSecrets(
                  companyId, endpointId, requireReadable(editor), action, actor);
          if (changed == null) {
            throw NotFound.endpoint(companyId, endpointId);
          }
          return toValue.apply(changed);
        });
  }

  private static Function<Endpoint, SigningSecrets> requireReadable(
      Function<Endpoint, SigningSecrets> editor) {
    return endpoint -> {
      RefusedChange.when(!endpoint.signingSecrets().isReadable(), RefusalText.UNREADABLE_SECRET);
      return editor.apply(endpoint);
    };
  }

  private static void requireValid(List<ValidationError> errors) {
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }
}
