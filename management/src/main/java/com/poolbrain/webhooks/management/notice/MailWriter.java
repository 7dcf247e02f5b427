package com.poolbrain.webhooks.management.notice;

import com.poolbrain.webhooks.engine.mail.Mail;
import com.poolbrain.webhooks.store.notice.DueMail;

/// Writes the mails of notices.
@FunctionalInterface
public interface MailWriter {

  /// The mail with these notices. The same notices make a mail with the same id.
  Mail write(DueMail due);
}
