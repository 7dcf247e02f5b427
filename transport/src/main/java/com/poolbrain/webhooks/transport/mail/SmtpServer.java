package com.poolbrain.webhooks.transport.mail;

import com.poolbrain.webhooks.engine.mail.Mail;
import com.poolbrain.webhooks.engine.mail.MailResult;
import com.poolbrain.webhooks.engine.mail.MailServer;
import com.poolbrain.webhooks.transport.tls.TrustedAuthorities;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/// An SMTP server.
///
/// ```java
/// try (var server = new SmtpServer(settings, clock)) {
///   if (server.connect() == null) {
///     MailResult result = server.send(mail);
///   }
/// }
/// ```
///
/// It looks the host up with the blocking resolver of the JDK, so it belongs on a platform thread.
public final class SmtpServer implements MailServer {

  private final SmtpSettings settings;
  private final InstantSource clock;
  private final TrackedSockets sockets;
  private final Session session;
  private @Nullable SMTPTransport connection;

  /// Connects to nothing yet.
  public SmtpServer(SmtpSettings settings, InstantSource clock) {
    this.clock = clock;
    this.settings = settings;
    this.sockets = new TrackedSockets(tlsSockets(settings));
    this.session = Session.getInstance(properties(settings, sockets));
  }

  private static SSLSocketFactory tlsSockets(SmtpSettings settings) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          null, new TrustManager[] {TrustedAuthorities.load(settings.extraCaCertificates())}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the JDK has no TLS", broken);
    }
  }

  private static Properties properties(SmtpSettings settings, TrackedSockets sockets) {
    var properties = new Properties();
    String timeout = Long.toString(settings.timeout().toMillis());
    properties.put("mail.smtp.connectiontimeout", timeout);
    properties.put("mail.smtp.timeout", timeout);
    properties.put("mail.smtp.writetimeout", timeout);
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.localhost", domain(settings.from()));
    properties.put("mail.smtp.from", settings.from());
    properties.put("mail.smtp.ssl.enable", Boolean.toString(settings.tls()));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.starttls.enable", "true");
    properties.put(
        "mail.smtp.starttls.required", Boolean.toString(!settings.tls() && !settings.isLoopback()));
    properties.put("mail.smtp.socketFactory", sockets.plain());
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.put("mail.smtp.ssl.socketFactory", sockets);
    return properties;
  }

  /// The part of an address after the `@`.
  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  @Override
  public @Nullable String connect() {
    SMTPTransport known = connection;
    if (known != null && known.isConnected()) {
      return null;
    }
    disconnect();
    var opened =
        new SMTPTransport(
            session, new URLName("smtp", settings.host(), settings.port(), null, null, null));
    try {
      opened.connect(settings.host(), settings.port(), settings.user(), settings.password());
      connection = opened;
      return null;
    } catch (MessagingException failure) {
      close(opened);
      return SmtpFailures.describe(failure);
    }
  }

  @Override
  public MailResult send(Mail mail) {
    SMTPTransport open = connection;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    SmtpMessage message = null;
    try {
      message = SmtpMessage.of(session, mail, settings.from(), clock.instant());
      message.saveChanges();
      open.sendMessage(message, new Address[] {new InternetAddress(mail.address())});
      return new MailResult.Accepted();
    } catch (MessagingException failure) {
      return SmtpFailures.classify(failure, message != null && message.isUnderWay());
    }
  }

  @Override
  public void disconnect() {
    SMTPTransport open = connection;
    connection = null;
    if (open != null) {
      close(open);
    }
  }

  private static void close(SMTPTransport open) {
    try {
      open.close();
    } catch (MessagingException _) {
      // The connection is of no more use, in whatever state it ended.
    }
  }

  @Override
  public void close() {
    sockets.close();
  }
}
