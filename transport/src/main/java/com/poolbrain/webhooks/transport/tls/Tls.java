package com.poolbrain.webhooks.transport.tls;

import com.poolbrain.webhooks.domain.address.AddressText;
import com.poolbrain.webhooks.transport.address.Route;
import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS to endpoints: by BoringSSL where its library is available for the platform, else by the JDK.
/// `-Dio.netty.handler.ssl.noOpenSsl=true` selects the JDK. Both use the protocol versions and, for
/// TLS 1.2, the cipher suites of the JDK's policy. [CertificateVerifier] verifies certificates.
///
/// BoringSSL is preferred because the JIT compiles the JDK's handshake only after thousands of
/// them. Until then each one takes several times as long and blocks its event loop.
public final class Tls implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  /// Limit for sending close_notify to a peer that does not read.
  private static final int CLOSE_NOTIFY_TIMEOUT_MILLIS = 500;

  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  /// A host may have several sessions, and each holds certificates.
  private static final long MAX_CACHED_SESSIONS = 4_000;

  /// Groups that the JDK offers too. A post-quantum group is left out: it would make the
  /// ClientHello too long for one packet, which some servers can't read.
  private static final String[] NAMED_GROUPS = {"x25519", "secp256r1", "secp384r1", "secp521r1"};

  private final SslProvider provider;
  private final SslContext context;
  private final ClientCertificateRequests clientCertificateRequests =
      new ClientCertificateRequests();

  public Tls(SslProvider provider, List<X509Certificate> extraCaCertificates) {
    this.provider = provider;
    try {
      SSLParameters policy = SSLContext.getDefault().getDefaultSSLParameters();
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(provider)
              .protocols(Stream.of(policy.getProtocols()).filter(PROTOCOLS::contains).toList())
              .ciphers(List.of(policy.getCipherSuites()), SupportedCipherSuiteFilter.INSTANCE)
              .trustManager(CertificateVerifier.trusting(extraCaCertificates))
              .keyManager(clientCertificateRequests)
              .endpointIdentificationAlgorithm("HTTPS")
              .sessionCacheSize(MAX_CACHED_SESSIONS);
      if (provider != SslProvider.JDK) {
        builder.option(OpenSslContextOption.GROUPS, NAMED_GROUPS);
      }
      context = builder.build();
    } catch (SSLException | NoSuchAlgorithmException broken) {
      throw new IllegalStateException(
          "TLS can't be set up; check the Java security settings", broken);
    }
  }

  /// BoringSSL if it is available, else the JDK.
  public static SslProvider preferredProvider() {
    if (OpenSsl.isAvailable()) {
      return SslProvider.OPENSSL_REFCNT;
    }
    LOG.info(
        "BoringSSL is not available ({}); using the TLS of the JDK, whose first handshakes are slower",
        String.valueOf(OpenSsl.unavailabilityCause()));
    return SslProvider.JDK;
  }

  /// A TLS handler for a connection by this route.
  public SslHandler newHandler(Channel channel, Route route) {
    SslHandler handler = context.newHandler(channel.alloc(), route.host(), route.port());
    if (AddressText.parse(route.host()) == null) {
      // Set explicitly, because the default omits hosts without a dot.
      // Bytes are used because a name may have an underscore.
      byte[] sni = route.host().getBytes(StandardCharsets.US_ASCII);
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(sni)));
      handler.engine().setSSLParameters(parameters);
    }
    handler.setHandshakeTimeoutMillis(0); // the caller enforces the deadline
    handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_TIMEOUT_MILLIS);
    return handler;
  }

  /// End of the validity of the server's own certificate, after the handshake.
  ///
  /// @throws SSLPeerUnverifiedException if the handshake verified no X.509 certificate
  public static Instant certificateExpiry(SslHandler handler) throws SSLPeerUnverifiedException {
    if (handler.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate leaf) {
      return leaf.getNotAfter().toInstant();
    }
    throw new SSLPeerUnverifiedException("The certificate of the server is not an X.509 one.");
  }

  /// Whether the implementation reads any number of warnings, so that [AlertLimiter] must count.
  public boolean ignoresAlerts() {
    return provider == SslProvider.JDK;
  }

  /// Whether the server of a connection has asked for a client certificate.
  public boolean isClientCertificateRequested(SslHandler handler) {
    return clientCertificateRequests.contains(handler.engine());
  }

  /// Releases native memory. To be called after all connections are closed.
  @Override
  public void close() {
    ReferenceCountUtil.release(context);
  }
}
