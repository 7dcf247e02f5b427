package com.poolbrain.webhooks.testkit.endpoint;

import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/// HTTPS endpoint on loopback that records webhooks and answers each with a status.
///
/// ```java
/// try (HttpsReceiver receiver = HttpsReceiver.answering(500, 200)) {
///   TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
///   …
///   assertThat(receiver.awaitNext().attemptNumber()).isEqualTo(1);
/// }
/// ```
public final class HttpsReceiver implements AutoCloseable {

  /// Issuer of the certificates of all receivers.
  public static final TestCa CA = TestCa.create(InstantSource.system());

  private static final SSLContext LOCALHOST = CA.serverContext("localhost", "127.0.0.1");

  private final ScriptedServer server;

  private HttpsReceiver(ScriptedServer server) {
    this.server = server;
  }

  /// A receiver that treats each connection by this script.
  public static HttpsReceiver scripted(ScriptedServer.Script script) {
    return new HttpsReceiver(ScriptedServer.https(LOCALHOST, script));
  }

  /// A receiver with a certificate of its own choice that accepts every webhook.
  public static HttpsReceiver withCertificate(X509Bundle certificate) {
    return new HttpsReceiver(
        ScriptedServer.https(
            TestCa.serverContext(certificate), new EndpointBehavior.Responds(200, "thank you")));
  }

  /// A receiver that accepts every webhook.
  public static HttpsReceiver accepting() {
    return scripted(new EndpointBehavior.Responds(200, "thank you"));
  }

  /// A receiver that answers its requests with these statuses in turn, and all further ones with
  /// the last.
  public static HttpsReceiver answering(int... statuses) {
    AtomicInteger answered = new AtomicInteger();
    return scripted(connection -> {
      while (true) {
        connection.readRequest();
        int index = Math.min(answered.getAndIncrement(), statuses.length - 1);
        connection.respond(statuses[index], "");
      }
    });
  }

  /// The URL to subscribe.
  public URI url() {
    return url("/webhooks");
  }

  /// Another URL of this receiver.
  public URI url(String path) {
    return server.url(path);
  }

  /// The next webhook that was not returned yet; waits for it.
  public ReceivedRequest awaitNext() throws InterruptedException {
    return server.nextRequest();
  }

  /// All webhooks so far.
  public List<ReceivedRequest> webhooks() {
    return server.requests();
  }

  /// Number of webhooks so far.
  public int webhookCount() {
    return server.requests().size();
  }

  /// Number of connections so far.
  public int connectionCount() {
    return server.connectionCount();
  }

  @Override
  public void close() {
    server.close();
  }
}
