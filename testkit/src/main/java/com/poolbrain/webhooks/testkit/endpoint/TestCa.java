package com.poolbrain.webhooks.testkit.endpoint;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A throw-away certificate authority.
///
/// ```java
/// Authority authority = Authority.make(InstantSource.system());
/// SSLContext server = authority.issue("localhost", "127.0.0.1").serverContext();
/// ```
public final class TestCa {

  /// When a certificate is good, counted from now.
  public enum Validity {
    /// From yesterday until tomorrow.
    VALID(-1, 1),
    /// Until yesterday.
    EXPIRED(-3, -1),
    /// From tomorrow.
    NOT_YET_VALID(1, 3);

    private final int fromDays;
    private final int toDays;

    Validity(int fromDays, int toDays) {
      this.fromDays = fromDays;
      this.toDays = toDays;
    }
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  private final InstantSource clock;
  private final KeyPair keyPair;
  private final X509Certificate certificate;

  private TestCa(InstantSource clock, KeyPair keyPair, X509Certificate certificate) {
    this.clock = clock;
    this.keyPair = keyPair;
    this.certificate = certificate;
  }

  /// A new authority that nobody trusts yet.
  public static TestCa create(InstantSource clock) {
    KeyPair keyPair = newKeyPair();
    X500Principal name = new X500Principal("CN=Throw-away CA " + newSerialNumber().toString(36));
    X509v3CertificateBuilder builder =
        newCertificateBuilder(name, name, keyPair, clock.instant(), Validity.VALID);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
    return new TestCa(clock, keyPair, sign(builder, keyPair));
  }

  /// What others must trust to trust this authority.
  public X509Certificate certificate() {
    return certificate;
  }

  /// The same as a PEM file holds it.
  public String pem() {
    try {
      String body =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A certificate that is good now for these host names and IP addresses.
  public ServerCertificate issue(String... hosts) {
    return issue(Validity.VALID, hosts);
  }

  /// A certificate for these host names and IP addresses.
  public ServerCertificate issue(Validity validity, String... hosts) {
    KeyPair serverKeyPair = newKeyPair();
    X509v3CertificateBuilder builder =
        newCertificateBuilder(
            certificate.getSubjectX500Principal(),
            new X500Principal("CN=" + hosts[0]),
            serverKeyPair,
            clock.instant(),
            validity);
    GeneralName[] names = new GeneralName[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      names[i] =
          new GeneralName(
              isIpAddress(hosts[i]) ? GeneralName.iPAddress : GeneralName.dNSName, hosts[i]);
    }
    try {
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
    return new ServerCertificate(serverKeyPair.getPrivate(), List.of(sign(builder, keyPair)));
  }

  private static boolean isIpAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  private static X509v3CertificateBuilder newCertificateBuilder(
      X500Principal issuer,
      X500Principal subject,
      KeyPair keyPair,
      Instant now,
      Validity validity) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        newSerialNumber(),
        Date.from(now.plus(Duration.ofDays(validity.fromDays))),
        Date.from(now.plus(Duration.ofDays(validity.toDays))),
        subject,
        keyPair.getPublic());
  }

  private static BigInteger newSerialNumber() {
    return new BigInteger(64, RANDOM).add(BigInteger.ONE);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair issuer) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
