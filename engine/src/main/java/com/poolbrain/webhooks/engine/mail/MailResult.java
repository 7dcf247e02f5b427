package com.poolbrain.webhooks.engine.mail;

/// How sending a mail ended. Reasons name no address.
public sealed interface MailResult {

  /// The server accepted the mail.
  record Accepted() implements MailResult {}

  /// The server refuses the mail or its address for good.
  record Refused(String reason) implements MailResult {}

  /// The server refuses the mail now; it may accept it later.
  record Deferred(String reason) implements MailResult {}

  /// The connection failed when the mail was under way: the server may have accepted it or not.
  record Uncertain(String reason) implements MailResult {}
}
