package com.poolbrain.webhooks.cli.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.cli.listen.HandledWebhook.Disposition;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.signature.VerificationResult;
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

/// The listener with real sockets and TLS.
class WebhookListenerTest {

  private static final Secret SECRET = Secret.parse("whsec_of_the_listener_test");
  private static final Signer SIGNER = new Signer(SECRET);

  private final ServerCertificate serverCertificate =
      DevelopmentCa.newServerCertificate(Instant.now());
  private final List<HandledWebhook> webhooks = new CopyOnWriteArrayList<>();
  private WebhookListener listener;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    listener = WebhookListener.start("127.0.0.1", 0, serverCertificate);
    client = HttpClient.newBuilder().sslContext(trustingContext(serverCertificate)).build();
  }

  @AfterEach
  void stop() {
    client.close();
    listener.close();
  }

  @Test
  void correctly_signed_webhook_is_processed_once() throws Exception {
    handleAnyPath(FailureMode.NONE);

    assertThat(post("1")).isEqualTo(200);
    assertThat(post("1")).isEqualTo(200);
    assertThat(post("2")).isEqualTo(200);

    assertThat(dispositions())
        .containsExactly(Disposition.PROCESSED, Disposition.DUPLICATE, Disposition.PROCESSED);
  }

  @Test
  void signature_of_another_secret_is_answered_401_with_the_reason() throws Exception {
    handleAnyPath(FailureMode.NONE);
    String body = envelope("1");

    int status = post(body, new Signer(Secret.parse("another")).sign(body.getBytes(UTF_8)));

    assertThat(status).isEqualTo(401);
    assertThat(webhooks.getFirst().verificationResult()).isEqualTo(VerificationResult.MISMATCH);
  }

  @Test
  void two_signature_headers_are_answered_401() throws Exception {
    handleAnyPath(FailureMode.NONE);
    String signature = SIGNER.sign(envelope("1").getBytes(UTF_8));

    assertThat(post(envelope("1"), signature, signature)).isEqualTo(401);

    assertThat(webhooks.getFirst().verificationResult())
        .isEqualTo(VerificationResult.MULTIPLE_VALUES);
  }

  @Test
  void first_attempts_of_each_delivery_fail_as_configured() throws Exception {
    handleAnyPath(new FailureMode(2, 418, Duration.ZERO));

    assertThat(List.of(post("1"), post("1"), post("2"), post("1"), post("2"), post("2")))
        .containsExactly(418, 418, 418, 200, 418, 200);
  }

  @Test
  void without_a_secret_signatures_are_not_checked() throws Exception {
    listener.setHandler(
        WebhookListener.ANY_PATH, new WebhookHandler(null, FailureMode.NONE, webhooks::add));

    assertThat(post(envelope("1"))).isEqualTo(200);
    assertThat(webhooks.getFirst().verificationResult()).isNull();
  }

  @Test
  void body_that_is_no_envelope_is_answered_400() throws Exception {
    handleAnyPath(FailureMode.NONE);
    for (String body : List.of("", "{", "[]", "{\"id\":7}")) {
      assertThat(post(body, SIGNER.sign(body.getBytes(UTF_8)))).as(body).isEqualTo(400);
    }
  }

  @Test
  void path_without_handler_is_answered_404() throws Exception {
    listener.setHandler("/elsewhere", new WebhookHandler(null, FailureMode.NONE, webhooks::add));

    assertThat(post("1")).isEqualTo(404);
    assertThat(webhooks).isEmpty();
  }

  @Test
  void client_that_does_not_trust_the_ca_fails_the_tls_handshake() {
    ServerCertificate otherCertificate = DevelopmentCa.newServerCertificate(Instant.now());
    try (HttpClient otherClient =
        HttpClient.newBuilder().sslContext(trustingContext(otherCertificate)).build()) {
      assertThatThrownBy(() -> otherClient.send(request("").build(), BodyHandlers.discarding()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  private void handleAnyPath(FailureMode failureMode) {
    listener.setHandler(
        WebhookListener.ANY_PATH, new WebhookHandler(SECRET, failureMode, webhooks::add));
  }

  private List<Disposition> dispositions() {
    return webhooks.stream().map(HandledWebhook::disposition).toList();
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

  private static SSLContext trustingContext(ServerCertificate serverCertificate) {
    try {
      KeyStore trustStore = KeyStore.getInstance("PKCS12");
      trustStore.load(null, null);
      trustStore.setCertificateEntry("ca", Pem.parseCertificate(serverCertificate.caCertificate()));
      TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
      trustManagers.init(trustStore);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("the PEM of the CA is invalid", e);
    }
  }
}
