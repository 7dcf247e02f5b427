package com.poolbrain.webhooks.testkit.endpoint;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Certificate authority of a test run. Its key exists only in memory.
///
/// ```java
/// TestCa ca = TestCa.create(InstantSource.system());
/// SSLContext server = TestCa.serverContext(ca.issue("localhost", "127.0.0.1"));
/// ```
public final class TestCa {

  /// Validity of a certificate, relative to the time of issue.
  public enum Validity {
    /// From yesterday until tomorrow.
    VALID(-1, 1),
    /// Until yesterday.
    EXPIRED(-3, -1),
    /// From tomorrow.
    NOT_YET_VALID(1, 3);

    private final Duration from;
    private final Duration to;

    Validity(int fromDays, int toDays) {
      this.from = Duration.ofDays(fromDays);
      this.to = Duration.ofDays(toDays);
    }
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  private final InstantSource clock;
  private final X509Bundle ca;

  private TestCa(InstantSource clock) {
    this.clock = clock;
    this.ca =
        build(() ->
            builder("CN=Test CA " + RANDOM.nextInt(1 << 30), Validity.VALID.from, Validity.VALID.to)
                .setIsCertificateAuthority(true)
                .buildSelfSigned());
  }

  /// A new authority. Its certificates are valid by this clock.
  public static TestCa create(InstantSource clock) {
    return new TestCa(clock);
  }

  /// The certificate of the authority.
  public X509Certificate certificate() {
    return ca.getCertificate();
  }

  /// The certificate of the authority as PEM.
  public String pem() {
    return ca.getCertificatePEM();
  }

  /// The certificate of the authority in a PEM file, which is deleted when the JVM ends.
  public Path pemFile() {
    try {
      return ca.toTempRootCertPem().toPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A currently valid certificate, with its key, for these host names and IP addresses.
  public X509Bundle issue(String... hosts) {
    return issue(Validity.VALID, hosts);
  }

  /// A certificate, with its key, for these host names and IP addresses.
  public X509Bundle issue(Validity validity, String... hosts) {
    return issue(validity.from, validity.to, hosts);
  }

  /// A certificate, with its key, that expires after this time.
  public X509Bundle issueFor(Duration validity, String... hosts) {
    return issue(Validity.VALID.from, validity, hosts);
  }

  private X509Bundle issue(Duration from, Duration to, String... hosts) {
    CertificateBuilder builder = builder("CN=" + hosts[0], from, to);
    for (String host : List.of(hosts)) {
      if (host.contains(":") || host.matches("[0-9.]+")) {
        builder.addSanIpAddress(host);
      } else {
        builder.addSanDnsName(host);
      }
    }
    return build(() -> builder.buildIssuedBy(ca));
  }

  /// TLS of a server that presents this certificate.
  public static SSLContext serverContext(X509Bundle certificate) {
    return build(() -> {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
      return context;
    });
  }

  /// TLS of a server that presents a currently valid certificate for these host names and IP
  /// addresses.
  public SSLContext serverContext(String... hosts) {
    return serverContext(issue(hosts));
  }

  /// TLS of a client that trusts this authority and no other.
  public SSLContext clientContext() {
    return build(() -> {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {ca.toTrustManager()}, null);
      return context;
    });
  }

  private CertificateBuilder builder(String subject, Duration from, Duration to) {
    Instant now = clock.instant();
    return new CertificateBuilder()
        .ecp256()
        .subject(subject)
        .notBefore(now.plus(from))
        .notAfter(now.plus(to));
  }

  private interface Step<T> {
    T run() throws Exception;
  }

  private static <T> T build(Step<T> step) {
    try {
      return step.run();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK lacks P-256 certificates or TLS.", e);
    } catch (Exception e) {
      throw new IllegalStateException("The certificate could not be built.", e);
    }
  }
}
