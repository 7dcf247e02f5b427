package com.poolbrain.webhooks.engine.mail;

import org.jspecify.annotations.Nullable;

/// A mail server. One thread uses it; [#close()] may come from another.
public interface MailServer extends AutoCloseable {

  /// Connects and signs in, unless that is done.
  ///
  /// @return why the server is unavailable; null if it is connected
  @Nullable String connect();

  /// Hands over a mail. Bounded in time.
  MailResult send(Mail mail);

  /// Ends the connection, if there is one.
  void disconnect();

  /// Ends a connection that is in use, and makes every later call fail.
  @Override
  void close();
}
