package com.poolbrain.webhooks.testkit.endpoint;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
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
  private volatile SSLContext tls;
  private int[] statuses = {200};
  private int answered;

  private HttpsReceiver(SSLContext tls) {
    this.tls = tls;
    this.server = ScriptedServer.httpsWithChangingTls(() -> this.tls, this::answer);
  }

  private HttpsReceiver(ScriptedServer.Script script) {
    this.tls = LOCALHOST;
    this.server = ScriptedServer.https(tls, script);
  }

  /// A receiver that treats each connection by this script.
  public static HttpsReceiver scripted(ScriptedServer.Script script) {
    return new HttpsReceiver(script);
  }

  /// A receiver that accepts every webhook and presents this certificate.
  public static HttpsReceiver withCertificate(X509Bundle certificate) {
    return new HttpsReceiver(TestCa.serverContext(certificate));
  }

  /// A receiver that accepts every webhook.
  public static HttpsReceiver accepting() {
    return new HttpsReceiver(LOCALHOST);
  }

  /// A receiver that answers its requests as [#respondWith(int...)] says.
  public static HttpsReceiver answering(int... statuses) {
    HttpsReceiver receiver = accepting();
    receiver.respondWith(statuses);
    return receiver;
  }

  /// Answers the next requests with these statuses in turn, and all further ones with the last.
  public synchronized void respondWith(int... newStatuses) {
    statuses = newStatuses.clone();
    answered = 0;
  }

  /// Closes all connections, and presents another certificate from now on.
  public void renewCertificate(X509Bundle certificate) {
    tls = TestCa.serverContext(certificate);
    server.closeConnections();
  }

  private synchronized int nextStatus() {
    return statuses[Math.min(answered++, statuses.length - 1)];
  }

  private void answer(ScriptedConnection connection) throws IOException {
    while (true) {
      ReceivedRequest request = connection.parseRequest();
      int status = nextStatus(); // before the test sees the request and may change the status
      connection.record(request);
      boolean isWithoutBody = status == 204 || status == 304; // by RFC 9110
      connection.respond(status, isWithoutBody ? "" : "answered " + status);
    }
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
