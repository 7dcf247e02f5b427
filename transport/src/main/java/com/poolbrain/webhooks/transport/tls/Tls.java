package com.poolbrain.webhooks.transport.tls;

import com.poolbrain.webhooks.transport.address.AddressText;
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
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS towards endpoints: BoringSSL's where its library is there for this machine, else the JDK's,
/// which `-Dio.netty.handler.ssl.noOpenSsl=true` asks for in any case. Either speaks the versions
/// of the JDK's policy, of TLS 1.2 its cipher suites, and has certificates verified by
/// [CertificateVerifier].
///
/// The JDK's handshake is compiled only after thousands of them; until then each costs several
/// times as much, and everything on its event loop waits meanwhile.
public final class Tls implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  /// How long a connection that is being closed may take to say so to a peer that doesn't read.
  private static final int CLOSE_NOTIFY_TIMEOUT_MILLIS = 500;

  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  /// Sessions that are remembered. A host may have several, and each holds certificates.
  private static final long MAX_CACHED_SESSIONS = 4_000;

  /// Of those that the JDK offers too. One more that is safe from quantum computers would make a
  /// first message that is too long for one packet, which some servers can't read.
  private static final String[] NAMED_GROUPS = {"x25519", "secp256r1", "secp384r1", "secp521r1"};

  private final SslContext context;

  public Tls(SslProvider provider, List<X509Certificate> extraCaCertificates) {
    try {
      SSLParameters policy = SSLContext.getDefault().getDefaultSSLParameters();
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(provider)
              .protocols(Stream.of(policy.getProtocols()).filter(PROTOCOLS::contains).toList())
              .ciphers(List.of(policy.getCipherSuites()), SupportedCipherSuiteFilter.INSTANCE)
              .trustManager(CertificateVerifier.trusting(extraCaCertificates))
              .endpointIdentificationAlgorithm("HTTPS")
              .sessionCacheSize(MAX_CACHED_SESSIONS);
      if (provider != SslProvider.JDK) {
        builder.option(OpenSslContextOption.GROUPS, NAMED_GROUPS);
      }
      context = builder.build();
    } catch (SSLException | NoSuchAlgorithmException broken) {
      throw new IllegalStateException("this machine offers no TLS", broken);
    }
  }

  /// The best there is on this machine.
  public static SslProvider preferredProvider() {
    if (OpenSsl.isAvailable()) {
      return SslProvider.OPENSSL_REFCNT;
    }
    LOG.info(
        "TLS is the JDK's, whose first handshakes take longer: BoringSSL can't be loaded, for {}",
        String.valueOf(OpenSsl.unavailabilityCause()));
    return SslProvider.JDK;
  }

  /// What encrypts a connection by this route.
  public SslHandler newHandler(Channel channel, Route route) {
    SslHandler handler = context.newHandler(channel.alloc(), route.host(), route.port());
    if (AddressText.parse(route.host()) == null) {
      // Without this, only hosts that have a dot in them are named.
      // As bytes, a name may have an underscore.
      byte[] sni = route.host().getBytes(StandardCharsets.US_ASCII);
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(sni)));
      handler.engine().setSSLParameters(parameters);
    }
    handler.setHandshakeTimeoutMillis(0); // the caller has the deadline
    handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_TIMEOUT_MILLIS);
    return handler;
  }

  /// Gives back memory that is not the JVM's. To be called when no connection is left.
  @Override
  public void close() {
    ReferenceCountUtil.release(context);
  }
}
