package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.contracts.consumer.Behaviour;
import com.poolbrain.webhooks.contracts.consumer.Received;
import com.poolbrain.webhooks.contracts.transport.TransportContract;
import com.poolbrain.webhooks.contracts.transport.TransportWorld;
import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.Request;
import com.poolbrain.webhooks.engine.Transport;
import com.poolbrain.webhooks.simulation.Network.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The contract, kept by the transport of simulated worlds, here in real time.
final class SimulatedTransportContractTest extends TransportContract {

  @Override
  protected TransportWorld world() {
    return new SimulatedWorld();
  }

  /// The suite interrupts a caller in the middle of its wait, so the wait has to be a real one.
  private static final class RealTime implements Time {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
      Thread.sleep(time);
    }
  }

  private static final class SimulatedWorld implements TransportWorld {

    private static final Pattern RETRY_AFTER = Pattern.compile("Retry-After: (\\d+)");
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Time time = new RealTime();
    private final Map<URI, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<URI, BlockingQueue<Received>> received = new ConcurrentHashMap<>();
    private final Transport transport = new SimulatedTransport(time, this::reply);

    private Reply reply(Request request) {
      Behaviour behaviour = behaviours.get(request.url());
      if (behaviour == null) {
        return immediately(new Outcome.Failed(ErrorClass.valueOf(request.url().getUserInfo())));
      }
      Objects.requireNonNull(received.get(request.url())).add(received(request));
      return reply(behaviour);
    }

    private static Reply reply(Behaviour behaviour) {
      return switch (behaviour) {
        case Behaviour.Answers(int status, String headers, String body) ->
            immediately(outcome(status, headers, body));
        case Behaviour.StaysSilent _, Behaviour.DripsHead _ -> Consumers.hang();
        case Behaviour.DripsBody(int status) ->
            new Reply(Consumers.NEVER, answered(status), outcome(status, "", "drip drip "));
        case Behaviour.Resets _ -> Consumers.reset(AT_ONCE);
        case Behaviour.HangsUpInTheBody(int status) -> immediately(outcome(status, "", "so far"));
        case Behaviour.TalksNonsense _ ->
            immediately(new Outcome.Failed(ErrorClass.INVALID_RESPONSE));
      };
    }

    private static Reply immediately(Outcome outcome) {
      return new Reply(AT_ONCE, outcome, outcome);
    }

    private static Outcome answered(int status) {
      return outcome(status, "", "");
    }

    private static Outcome outcome(int status, String headers, String body) {
      if (status >= 200 && status < 300) {
        return new Outcome.Delivered(new Answer(status, body));
      }
      Matcher wait = RETRY_AFTER.matcher(headers);
      boolean asked = (status == 429 || status == 503) && wait.find();
      return new Outcome.Failed(
          ErrorClass.ofStatus(status),
          new Answer(status, body),
          asked ? Duration.ofSeconds(Long.parseLong(wait.group(1))) : null);
    }

    /// What a server would have read.
    private static Received received(Request request) {
      StringBuilder head =
          new StringBuilder("POST " + request.url().getPath() + " HTTP/1.1\r\n")
              .append("Host: " + request.url().getHost() + "\r\n");
      request
          .headers()
          .forEach(header -> head.append(header.getKey() + ": " + header.getValue() + "\r\n"));
      head.append("Content-Length: " + request.body().length + "\r\n\r\n");
      return new Received(head.toString(), request.body());
    }

    @Override
    public Transport transport() {
      return transport;
    }

    @Override
    public URI consumer(Behaviour behaviour) {
      URI url = URI.create("https://consumer.example/" + behaviours.size());
      behaviours.put(url, behaviour);
      received.put(url, new LinkedBlockingQueue<>());
      return url;
    }

    @Override
    public URI unknownHost() {
      return URI.create("https://DNS@nobody.example/");
    }

    @Override
    public URI refused() {
      return URI.create("https://CONNECT_REFUSED@nobody.example/");
    }

    @Override
    public URI forbidden() {
      return URI.create("https://BLOCKED_ADDRESS@nobody.example/");
    }

    @Override
    public Received next(URI consumer) throws InterruptedException {
      return Objects.requireNonNull(received.get(consumer)).take();
    }

    @Override
    public long nanos() {
      return time.nanos();
    }

    @Override
    public void close() {
      // It lives in memory alone.
    }
  }
}
