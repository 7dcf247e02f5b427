package com.poolbrain.webhooks.e2e.house;

import com.poolbrain.webhooks.contracts.consumer.Authority;
import com.poolbrain.webhooks.contracts.consumer.Behaviour;
import com.poolbrain.webhooks.contracts.consumer.Identity;
import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.contracts.consumer.Received;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// An HTTPS consumer on loopback, whose certificate the house trusts unless it was given another.
public record Consumer(RawServer server) implements AutoCloseable {

  /// Who the house trusts besides the authorities of the JDK.
  public static final Authority AUTHORITY = Authority.make(InstantSource.system());

  private static final Identity LOCALHOST = AUTHORITY.issue("localhost", "127.0.0.1");

  /// One that does as its script says.
  public static Consumer of(RawServer.Script script) {
    return with(LOCALHOST, script);
  }

  /// One that shows this certificate.
  public static Consumer with(Identity identity, RawServer.Script script) {
    return new Consumer(RawServer.tls(identity.serverContext(), script));
  }

  /// One that takes everything.
  public static Consumer thatAccepts() {
    return of(new Behaviour.Answers(200, "thank you"));
  }

  /// One that answers its requests with these in turn, and the rest with the last.
  public static Consumer thatAnswers(int... statuses) {
    AtomicInteger answered = new AtomicInteger();
    return of(visit -> {
      while (true) {
        visit.request();
        int turn = Math.min(answered.getAndIncrement(), statuses.length - 1);
        visit.answer(statuses[turn], "");
      }
    });
  }

  /// Where it is.
  public URI url() {
    return server.url("/webhooks");
  }

  /// The next webhook; waits for it.
  public Hook next() throws InterruptedException {
    return new Hook(server.next());
  }

  /// All webhooks so far.
  public List<Hook> hooks() {
    return server.received().stream().map(Hook::new).toList();
  }

  /// How many there are so far.
  public int count() {
    List<Received> received = server.received();
    return received.size();
  }

  @Override
  public void close() {
    server.close();
  }
}
