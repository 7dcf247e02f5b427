package com.poolbrain.webhooks.contracts.consumer;

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
public final class Authority {

  /// When a certificate is good, counted from now.
  public enum Validity {
    /// From yesterday until tomorrow.
    NOW(-1, 1),
    /// Until yesterday.
    EXPIRED(-3, -1),
    /// From tomorrow.
    NOT_YET(1, 3);

    private final int fromDays;
    private final int toDays;

    Validity(int fromDays, int toDays) {
      this.fromDays = fromDays;
      this.toDays = toDays;
    }
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  private final InstantSource clock;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private Authority(InstantSource clock, KeyPair keys, X509Certificate certificate) {
    this.clock = clock;
    this.keys = keys;
    this.certificate = certificate;
  }

  /// A new authority that nobody trusts yet.
  public static Authority make(InstantSource clock) {
    KeyPair keys = newKeys();
    X500Principal name = new X500Principal("CN=Throw-away CA " + serial().toString(36));
    X509v3CertificateBuilder builder = builder(name, name, keys, clock.instant(), Validity.NOW);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    } catch (CertIOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return new Authority(clock, keys, signed(builder, keys));
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
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// A certificate that is good now for these host names and IP addresses.
  public Identity issue(String... hosts) {
    return issue(Validity.NOW, hosts);
  }

  /// A certificate for these host names and IP addresses.
  public Identity issue(Validity validity, String... hosts) {
    KeyPair own = newKeys();
    X509v3CertificateBuilder builder =
        builder(
            certificate.getSubjectX500Principal(),
            new X500Principal("CN=" + hosts[0]),
            own,
            clock.instant(),
            validity);
    GeneralName[] names = new GeneralName[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      names[i] =
          new GeneralName(
              isAddress(hosts[i]) ? GeneralName.iPAddress : GeneralName.dNSName, hosts[i]);
    }
    try {
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    } catch (CertIOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return new Identity(own.getPrivate(), List.of(signed(builder, keys)));
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  private static X509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair keys, Instant now, Validity validity) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        serial(),
        Date.from(now.plus(Duration.ofDays(validity.fromDays))),
        Date.from(now.plus(Duration.ofDays(validity.toDays))),
        subject,
        keys.getPublic());
  }

  private static BigInteger serial() {
    return new BigInteger(64, RANDOM).add(BigInteger.ONE);
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair issuer) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
