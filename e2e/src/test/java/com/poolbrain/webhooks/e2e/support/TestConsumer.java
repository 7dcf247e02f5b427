package com.poolbrain.webhooks.e2e.support;

import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.ServerCertificate;
import com.poolbrain.webhooks.testkit.endpoint.TestCa;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// An HTTPS consumer on loopback, whose certificate the house trusts unless it was given another.
public record TestConsumer(ScriptedServer server) implements AutoCloseable {

  /// Who the house trusts besides the authorities of the JDK.
  public static final TestCa CA = TestCa.create(InstantSource.system());

  private static final ServerCertificate LOCALHOST_CERTIFICATE = CA.issue("localhost", "127.0.0.1");

  /// One that does as its script says.
  public static TestConsumer scripted(ScriptedServer.Script script) {
    return withCertificate(LOCALHOST_CERTIFICATE, script);
  }

  /// One that shows this certificate.
  public static TestConsumer withCertificate(
      ServerCertificate serverCertificate, ScriptedServer.Script script) {
    return new TestConsumer(ScriptedServer.https(serverCertificate.sslContext(), script));
  }

  /// One that takes everything.
  public static TestConsumer accepting() {
    return scripted(new EndpointBehavior.Responds(200, "thank you"));
  }

  /// One that answers its requests with these in turn, and the rest with the last.
  public static TestConsumer answering(int... statuses) {
    AtomicInteger answeredCount = new AtomicInteger();
    return scripted(connection -> {
      while (true) {
        connection.readRequest();
        int index = Math.min(answeredCount.getAndIncrement(), statuses.length - 1);
        connection.respond(statuses[index], "");
      }
    });
  }

  /// Where it is.
  public URI url() {
    return server.url("/webhooks");
  }

  /// The next webhook; waits for it.
  public ReceivedWebhook awaitNext() throws InterruptedException {
    return new ReceivedWebhook(server.nextRequest());
  }

  /// All webhooks so far.
  public List<ReceivedWebhook> webhooks() {
    return server.requests().stream().map(ReceivedWebhook::new).toList();
  }

  /// How many there are so far.
  public int webhookCount() {
    List<ReceivedRequest> received = server.requests();
    return received.size();
  }

  @Override
  public void close() {
    server.close();
  }
}
