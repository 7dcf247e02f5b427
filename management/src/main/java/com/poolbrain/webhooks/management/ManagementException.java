package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.history.Retention;
import com.poolbrain.webhooks.events.ValidationError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A use case was not run, for a reason that every caller shows in the same way. The message is a
/// sentence for the user.
public abstract sealed class ManagementException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private ManagementException(String message) {
    super(message, null, false, false);
  }

  /// The caller may not do this.
  public static final class NotPermitted extends ManagementException {
    private static final long serialVersionUID = 1L;

    public NotPermitted(String message) {
      super(message);
    }
  }

  /// There is no such resource, or the caller can't access it: the message is the same for both.
  public static final class NotFound extends ManagementException {
    private static final long serialVersionUID = 1L;

    private NotFound(String message) {
      super(message);
    }

    public static NotFound company(long id) {
      return company(Long.toString(id));
    }

    /// There is no company of this id, which may be any text.
    public static NotFound company(String id) {
      return new NotFound("There is no company " + id + ".");
    }

    public static NotFound endpoint(long companyId, UUID id) {
      return new NotFound("Company %d has no endpoint %s.".formatted(companyId, id));
    }

    public static NotFound job(UUID id) {
      return new NotFound("There is no job %s.".formatted(id));
    }

    static NotFound delivery(long companyId, UUID id) {
      return new NotFound("Company %d has no delivery %s.".formatted(companyId, id));
    }

    /// There is no resource of this id, which is older than the retention.
    ///
    /// @param resource as the API names it: `delivery`
    public static NotFound expired(String resource, UUID id, Retention retention) {
      return new NotFound(
          "There is no %s %s: ids of %s are older than the retention of %d days."
              .formatted(resource, id, Retention.dayOf(id), retention.days()));
    }

    /// No event of this time is kept any more.
    public static NotFound expiredTime(Instant time, Retention retention) {
      return new NotFound(
          "There are no events of %s any more: they are older than the retention of %d days."
              .formatted(LocalDate.ofInstant(time, ZoneOffset.UTC), retention.days()));
    }

    public static NotFound eventOrDelivery(UUID id) {
      return new NotFound("There is no event and no delivery %s.".formatted(id));
    }

    static NotFound apiKey(UUID id) {
      return new NotFound("There is no API key %s, or it was revoked.".formatted(id));
    }

    public static NotFound eventType(String explanation) {
      return new NotFound(explanation);
    }
  }

  /// The resource was changed after the caller has read it.
  public static final class StaleVersion extends ManagementException {
    private static final long serialVersionUID = 1L;

    private final transient List<ValidationError> changes;

    private StaleVersion(String message, List<ValidationError> changes) {
      super(message);
      this.changes = List.copyOf(changes);
    }

    /// @throws StaleVersion not yet described, unless the version is the expected one
    static void unless(boolean isExpected) {
      if (!isExpected) {
        throw new StaleVersion("The endpoint was changed.", List.of());
      }
    }

    /// The same with words for the user.
    ///
    /// @param version that the caller expected
    /// @param changedFields since then; null if there never was that version
    StaleVersion describe(long version, @Nullable Set<String> changedFields) {
      if (changedFields == null) {
        return new StaleVersion(
            "The endpoint never had version %d; read it, and send the version that it shows."
                .formatted(version),
            List.of());
      }
      return new StaleVersion(
          "Since version %d the endpoint was changed: %s. Nothing was done; read it, decide again, and send its present version."
              .formatted(version, String.join(", ", changedFields)),
          changedFields.stream()
              .map(field ->
                  new ValidationError("/" + field, "Was changed since version " + version + "."))
              .toList());
    }

    /// The changed fields, with JSON pointers: `/url`.
    public List<ValidationError> changes() {
      return changes;
    }
  }

  /// The caller does as much of this as it may at a time, and can repeat it later.
  public static final class TooManyRequests extends ManagementException {
    private static final long serialVersionUID = 1L;

    public TooManyRequests(String message) {
      super(message);
    }
  }

  /// The input breaks rules.
  public static final class InvalidInput extends ManagementException {
    private static final long serialVersionUID = 1L;

    private final transient List<ValidationError> errors;

    public InvalidInput(List<ValidationError> errors) {
      super(errors.getFirst().detail());
      this.errors = List.copyOf(errors);
    }

    /// The broken rules, with JSON pointers to the fields: `/url`.
    public List<ValidationError> errors() {
      return errors;
    }
  }
}
