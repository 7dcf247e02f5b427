package com.poolbrain.webhooks.transport.mail;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where and how mails are handed over.
///
/// @param host name or address of the server
/// @param tls whether TLS begins with the connection; otherwise STARTTLS is required, but not of a
///   server on this machine
/// @param user null to send without signing in
/// @param from sender address
/// @param extraCaCertificates trusted in addition to those of the JDK
/// @param timeout of a connection, a reply and a write
public record SmtpSettings(
    String host,
    int port,
    boolean tls,
    @Nullable String user,
    @Nullable String password,
    String from,
    List<X509Certificate> extraCaCertificates,
    Duration timeout) {

  /// The default of [#timeout].
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private static final Pattern LOOPBACK = Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|::1");

  /// Whether the server is on this machine, where nobody reads what is not encrypted.
  boolean isLoopback() {
    return LOOPBACK.matcher(host).matches();
  }

  @Override
  public String toString() {
    return "SmtpSettings[" + host + ":" + port + "]";
  }
}
