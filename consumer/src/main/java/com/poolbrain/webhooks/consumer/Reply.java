package com.poolbrain.webhooks.consumer;

/// The answer to a request: a status code and a short text, and what happened.
///
/// Pool Brain stores the text with the attempt, so the owner of the endpoint can read it there.
public sealed interface Reply {

  /// The HTTP status code to answer.
  int status();

  /// The text to answer, of type `text/plain`. It has no secret.
  String message();

  /// The webhook was handled.
  record Handled() implements Reply {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public String message() {
      return "handled";
    }
  }

  /// The webhook was stored in the inbox, and is handled later.
  record Stored() implements Reply {
    @Override
    public int status() {
      return 202;
    }

    @Override
    public String message() {
      return "stored";
    }
  }

  /// The webhook was handled or stored before.
  record Duplicate() implements Reply {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public String message() {
      return "duplicate";
    }
  }

  /// There is no handler for the event, so nothing was done.
  record Ignored() implements Reply {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public String message() {
      return "ignored: no handler for this event";
    }
  }

  /// The body is verified, but not a webhook that can be read.
  ///
  /// @param message what is wrong with it, and where
  record Malformed(String message) implements Reply {
    @Override
    public int status() {
      return 400;
    }
  }

  /// The request is not authentic.
  ///
  /// @param failure why not
  record Unauthorized(Verification.Failure failure) implements Reply {
    @Override
    public int status() {
      return 401;
    }

    @Override
    public String message() {
      return failure.message();
    }
  }

  /// The same delivery is being handled at this time. A later attempt finds it completed.
  record InProgress() implements Reply {
    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "in progress";
    }
  }

  /// The body is larger than the receiver accepts. It was not verified.
  record TooLarge() implements Reply {
    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "The body is larger than this receiver accepts.";
    }
  }

  /// The webhook could not be handled and has to be sent again.
  ///
  /// @param cause why; it is not part of the message
  record Failed(Throwable cause) implements Reply {
    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "failed: see the log of this receiver";
    }
  }
}
