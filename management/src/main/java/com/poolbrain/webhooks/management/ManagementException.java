package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.events.ValidationError;
import java.util.List;
import java.util.UUID;

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

    NotPermitted(String message) {
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

    static NotFound apiKey(UUID id) {
      return new NotFound("There is no API key %s, or it was revoked.".formatted(id));
    }

    static NotFound eventType(String explanation) {
      return new NotFound(explanation);
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
