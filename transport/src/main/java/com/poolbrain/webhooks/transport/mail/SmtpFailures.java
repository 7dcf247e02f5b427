package com.poolbrain.webhooks.transport.mail;

import com.poolbrain.webhooks.engine.mail.MailResult;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/// What a failure of SMTP means.
final class SmtpFailures {

  private static final int PERMANENT = 500;
  private static final int NONE = -1;
  private static final int MAX_DEPTH = 10;

  private SmtpFailures() {}

  /// @param isUnderWay whether the server may have got the content of the mail
  static MailResult classify(MessagingException failure, boolean isUnderWay) {
    int code = replyCode(failure);
    if (code == NONE) {
      String reason = describe(failure);
      return isUnderWay ? new MailResult.Uncertain(reason) : new MailResult.Deferred(reason);
    }
    String reason = "the server replied " + code;
    boolean isAboutSender =
        chain(failure).stream().anyMatch(SMTPSenderFailedException.class::isInstance);
    boolean isAboutMail =
        isUnderWay
            || chain(failure).stream().anyMatch(SMTPAddressFailedException.class::isInstance);
    return code >= PERMANENT && isAboutMail && !isAboutSender
        ? new MailResult.Refused(reason)
        : new MailResult.Deferred(reason);
  }

  private static int replyCode(MessagingException failure) {
    for (Throwable cause : chain(failure)) {
      int code =
          switch (cause) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> NONE;
          };
      if (code >= 400) {
        return code;
      }
    }
    return NONE;
  }

  /// The kind of failure and its first cause, in one line. Replies of the server are left out: they
  /// may contain addresses.
  static String describe(MessagingException failure) {
    List<Throwable> causes = chain(failure);
    Throwable first = causes.getLast();
    String message = String.valueOf(first.getMessage());
    if (message.startsWith("STARTTLS is required")) {
      return message; // the words of this client
    }
    String name = failure.getClass().getSimpleName();
    return causes.size() == 1 ? name : name + " because of " + first;
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    @Nullable Throwable cause = failure;
    while (cause != null && causes.size() < MAX_DEPTH) {
      causes.add(cause);
      cause = cause.getCause(); // of a MessagingException: the next one
    }
    return causes;
  }
}
