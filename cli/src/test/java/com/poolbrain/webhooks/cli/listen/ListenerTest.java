package com.poolbrain.webhooks.cli.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.cli.listen.Arrival.Verdict;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.signature.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Over real sockets and real TLS.
class ListenerTest {

  private static final Secret SECRET = Secret.parse("whsec_of_the_listener_test");
  private static final Signer SIGNER = new Signer(SECRET);

  private final Identity identity = ThrowawayAuthority.newIdentity(Instant.now());
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private Listener listener;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    listener = Listener.start("127.0.0.1", 0, identity);
    client = HttpClient.newBuilder().sslContext(trusting(identity)).build();
  }

  @AfterEach
  void stop() {
    client.close();
    listener.close();
  }

  @Test
  void whatIsSignedRightIsProcessedOnce() throws Exception {
    listen(Misbehaviour.NONE);

    assertThat(post("1")).isEqualTo(200);
    assertThat(post("1")).isEqualTo(200);
    assertThat(post("2")).isEqualTo(200);

    assertThat(verdicts()).containsExactly(Verdict.PROCESSED, Verdict.DUPLICATE, Verdict.PROCESSED);
  }

  @Test
  void whatIsSignedWithAnotherSecretIsRefusedWithTheReason() throws Exception {
    listen(Misbehaviour.NONE);
    String body = envelope("1");

    int status = post(body, new Signer(Secret.parse("another")).sign(body.getBytes(UTF_8)));

    assertThat(status).isEqualTo(401);
    assertThat(arrivals.getFirst().verification()).isEqualTo(Verification.MISMATCH);
  }

  @Test
  void twoSignatureHeadersAreNotOne() throws Exception {
    listen(Misbehaviour.NONE);
    String signature = SIGNER.sign(envelope("1").getBytes(UTF_8));

    assertThat(post(envelope("1"), signature, signature)).isEqualTo(401);

    assertThat(arrivals.getFirst().verification()).isEqualTo(Verification.SEVERAL_VALUES);
  }

  @Test
  void theFirstAttemptsOfEachDeliveryFailOnRequest() throws Exception {
    listen(new Misbehaviour(2, 418, Duration.ZERO));

    assertThat(List.of(post("1"), post("1"), post("2"), post("1"), post("2"), post("2")))
        .containsExactly(418, 418, 418, 200, 418, 200);
  }

  @Test
  void withoutASecretEverythingIsTakenUnchecked() throws Exception {
    listener.put(Listener.ANY_PATH, new Inbox(null, Misbehaviour.NONE, arrivals::add));

    assertThat(post(envelope("1"))).isEqualTo(200);
    assertThat(arrivals.getFirst().verification()).isNull();
  }

  @Test
  void whatIsNoEnvelopeIsRefused() throws Exception {
    listen(Misbehaviour.NONE);
    for (String body : List.of("", "{", "[]", "{\"id\":7}")) {
      assertThat(post(body, SIGNER.sign(body.getBytes(UTF_8)))).as(body).isEqualTo(400);
    }
  }

  @Test
  void aPathWithoutInboxIsNotFound() throws Exception {
    listener.put("/elsewhere", new Inbox(null, Misbehaviour.NONE, arrivals::add));

    assertThat(post("1")).isEqualTo(404);
    assertThat(arrivals).isEmpty();
  }

  @Test
  void whoDoesNotTrustTheAuthorityDoesNotGetIn() {
    Identity stranger = ThrowawayAuthority.newIdentity(Instant.now());
    try (HttpClient suspicious = HttpClient.newBuilder().sslContext(trusting(stranger)).build()) {
      assertThatThrownBy(() -> suspicious.send(request("").build(), BodyHandlers.discarding()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  private void listen(Misbehaviour misbehaviour) {
    listener.put(Listener.ANY_PATH, new Inbox(SECRET, misbehaviour, arrivals::add));
  }

  private List<Verdict> verdicts() {
    return arrivals.stream().map(Arrival::verdict).toList();
  }

  private int post(String id) throws IOException, InterruptedException {
    String body = id.startsWith("{") ? id : envelope(id);
    return post(body, SIGNER.sign(body.getBytes(UTF_8)));
  }

  private int post(String body, String... signatures) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(body);
    for (String signature : signatures) {
      request.header("X-Webhook-Signature", signature);
    }
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest.Builder request(String body) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + listener.port() + "/hook"))
        .POST(BodyPublishers.ofString(body));
  }

  private static String envelope(String id) {
    return "{\"id\":\"" + id + "\",\"event\":\"customer.created\",\"company_id\":40}";
  }

  private static SSLContext trusting(Identity identity) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", Pem.parseCertificate(identity.authority()));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("the authority's PEM cannot be used", e);
    }
  }
}
