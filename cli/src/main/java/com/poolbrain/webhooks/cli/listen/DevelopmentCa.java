package com.poolbrain.webhooks.cli.listen;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificate authority for development. It signs one certificate and then discards its key. Name
/// constraints limit it to loopback names, so trusting it does not weaken a client.
final class DevelopmentCa {

  private static final X500Name CA_NAME = new X500Name("CN=Pool Brain Webhooks development CA");
  private static final X500Name SERVER_NAME = new X500Name("CN=localhost");
  private static final Duration VALIDITY =
      Duration.ofDays(397); // longest validity that clients accept
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyPair keyPair;
  private final ContentSigner signer;
  private final Instant now;

  private DevelopmentCa(Instant now) throws GeneralSecurityException, OperatorCreationException {
    this.keyPair = newKeyPair();
    this.signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keyPair.getPrivate());
    this.now = now;
  }

  /// A new CA, and a server certificate of it for `localhost`, `127.0.0.1` and `::1`.
  static ServerCertificate newServerCertificate(Instant now) {
    try {
      DevelopmentCa ca = new DevelopmentCa(now);
      KeyPair serverKey = newKeyPair();
      return new ServerCertificate(
          ca.issueCaCertificate(),
          ca.issueServerCertificate(serverKey.getPublic()),
          Pem.privateKey(serverKey.getPrivate().getEncoded()));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("the Java platform has no P-256 keys", e);
    }
  }

  private String issueCaCertificate() throws GeneralSecurityException, IOException {
    X509v3CertificateBuilder builder = newCertificateBuilder(CA_NAME, keyPair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keyPair.getPublic()));
    GeneralSubtree[] permittedNames = {
      new GeneralSubtree(new GeneralName(GeneralName.dNSName, "localhost")),
      new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "127.0.0.0/8")),
      new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "::1/128")),
    };
    builder.addExtension(
        Extension.nameConstraints, true, new NameConstraints(permittedNames, null));
    return Pem.certificate(builder.build(signer).getEncoded());
  }

  private String issueServerCertificate(PublicKey serverKey)
      throws GeneralSecurityException, IOException {
    X509v3CertificateBuilder builder = newCertificateBuilder(SERVER_NAME, serverKey);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(keyPair.getPublic()));
    GeneralName[] subjectAlternativeNames = {
      new GeneralName(GeneralName.dNSName, "localhost"),
      new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
      new GeneralName(GeneralName.iPAddress, "::1"),
    };
    builder.addExtension(
        Extension.subjectAlternativeName, false, new GeneralNames(subjectAlternativeNames));
    return Pem.certificate(builder.build(signer).getEncoded());
  }

  private X509v3CertificateBuilder newCertificateBuilder(X500Name subject, PublicKey key) {
    return new JcaX509v3CertificateBuilder(
        CA_NAME,
        new BigInteger(127, RANDOM).setBit(126),
        Date.from(now.minus(CLOCK_SKEW)),
        Date.from(now.plus(VALIDITY)),
        subject,
        key);
  }

  private static KeyPair newKeyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }
}
