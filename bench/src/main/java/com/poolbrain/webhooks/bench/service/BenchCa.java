package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.bench.load.TlsProvider;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority that lives as long as the bench: the service is told to trust it, and
/// the receivers show certificates of it.
public final class BenchCa {

  private static final X500Name CA_NAME = new X500Name("CN=Pool Brain Webhooks bench CA");
  private static final X500Name SERVER_NAME = new X500Name("CN=bench receiver");

  /// The cheapest first, which is what servers choose that serve many. Of TLS 1.3, BoringSSL
  /// decides.
  private static final List<String> CIPHERS =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

  private static final Duration VALIDITY = Duration.ofDays(2);

  private final KeyPair keys;
  private final Instant now;
  private final X509Certificate certificate;
  private long serial = 1;

  /// A new one.
  public BenchCa(Instant now) {
    this.now = now;
    try {
      keys = newKeyPair();
      var builder = builder(CA_NAME, keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      certificate = sign(builder);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw impossible(e);
    }
  }

  /// The TLS of a server at each of these IP addresses, and at `localhost`: they share a key, but
  /// no certificate.
  public Map<String, SslContext> serverContexts(List<String> addresses) {
    try {
      KeyPair sharedKeys = newKeyPair();
      Map<String, SslContext> servers = new HashMap<>();
      for (String address : addresses) {
        servers.put(address, serverContext(sharedKeys, address));
      }
      return servers;
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw impossible(e);
    }
  }

  private SslContext serverContext(KeyPair serverKeys, String address)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    var builder = builder(SERVER_NAME, serverKeys.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, address)
            }));
    return SslContextBuilder.forServer(serverKeys.getPrivate(), sign(builder))
        .sslProvider(TlsProvider.preferred())
        .ciphers(CIPHERS)
        .build();
  }

  /// What its certificates are checked against.
  public X509Certificate certificate() {
    return certificate;
  }

  /// Writes the authority's certificate as PEM.
  public Path writePem(Path file) throws IOException {
    try {
      String base64 =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
      return Files.writeString(
          file,
          "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n",
          StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  private X509v3CertificateBuilder builder(X500Name subject, PublicKey key) {
    return new JcaX509v3CertificateBuilder(
        CA_NAME,
        BigInteger.valueOf(serial++),
        Date.from(now.minus(Duration.ofHours(1))),
        Date.from(now.plus(VALIDITY)),
        subject,
        key);
  }

  private X509Certificate sign(X509v3CertificateBuilder builder)
      throws OperatorCreationException, GeneralSecurityException {
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static KeyPair newKeyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static IllegalStateException impossible(Exception e) {
    return new IllegalStateException("every Java platform can make and use P-256 keys", e);
  }
}
