package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.Transport;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.simulation.scheduler.TimeSource;
import com.poolbrain.webhooks.simulation.world.SimulatedNetwork.Reply;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.transport.TransportContract;
import com.poolbrain.webhooks.testkit.transport.TransportHarness;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The transport contract for [SimulatedTransport], in real time.
final class SimulatedTransportContractTest extends TransportContract {

  @Override
  protected TransportHarness harness() {
    return new SimulatedHarness();
  }

  /// Real time, because the contract interrupts a caller while it waits.
  private static final class SystemTimeSource implements TimeSource {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
      Thread.sleep(time);
    }
  }

  private static final class SimulatedHarness implements TransportHarness {

    private static final Pattern RETRY_AFTER = Pattern.compile("Retry-After: (\\d+)");
    private static final Duration NO_DELAY = Duration.ZERO;

    private final TimeSource timeSource = new SystemTimeSource();
    private final Map<URI, EndpointBehavior> behaviors = new ConcurrentHashMap<>();
    private final Map<URI, BlockingQueue<ReceivedRequest>> received = new ConcurrentHashMap<>();
    private final Transport transport = new SimulatedTransport(timeSource, this::respond);

    private Reply respond(WebhookRequest webhookRequest) {
      EndpointBehavior endpointBehavior = behaviors.get(webhookRequest.url());
      if (endpointBehavior == null) {
        return immediateReply(
            new Outcome.Failed(ErrorClass.valueOf(webhookRequest.url().getUserInfo())));
      }
      Objects.requireNonNull(received.get(webhookRequest.url())).add(received(webhookRequest));
      return respond(endpointBehavior);
    }

    private static Reply respond(EndpointBehavior endpointBehavior) {
      return switch (endpointBehavior) {
        case EndpointBehavior.Responds(int status, String headers, String body) ->
            immediateReply(outcome(status, headers, body));
        case EndpointBehavior.NeverResponds _ -> SimulatedEndpoints.noResponse();
        case EndpointBehavior.TricklesHeaders(int status) ->
            new Reply(
                SimulatedEndpoints.NO_RESPONSE_DELAY, emptyResponse(status), emptyResponse(status));
        case EndpointBehavior.TricklesBody(int status) ->
            new Reply(
                SimulatedEndpoints.NO_RESPONSE_DELAY,
                emptyResponse(status),
                outcome(status, "", "drip drip "));
        case EndpointBehavior.ResetsConnection _ -> SimulatedEndpoints.connectionReset(NO_DELAY);
        case EndpointBehavior.ClosesDuringBody(int status) ->
            immediateReply(outcome(status, "", "so far"));
        case EndpointBehavior.BreaksDuringHead(int status) -> immediateReply(emptyResponse(status));
        case EndpointBehavior.SendsInvalidHttp _, EndpointBehavior.ClosesInStatusLine _ ->
            immediateReply(new Outcome.Failed(ErrorClass.INVALID_RESPONSE));
      };
    }

    private static Reply immediateReply(Outcome outcome) {
      return new Reply(NO_DELAY, outcome, outcome);
    }

    private static Outcome emptyResponse(int status) {
      return outcome(status, "", "");
    }

    private static Outcome outcome(int status, String headers, String body) {
      if (status >= 200 && status < 300) {
        return new Outcome.Delivered(new EndpointResponse(status, body));
      }
      Matcher retryAfter = RETRY_AFTER.matcher(headers);
      boolean hasRetryAfter = (status == 429 || status == 503) && retryAfter.find();
      return new Outcome.Failed(
          ErrorClass.fromStatusCode(status),
          new EndpointResponse(status, body),
          hasRetryAfter ? Duration.ofSeconds(Long.parseLong(retryAfter.group(1))) : null);
    }

    /// The request as a server would have read it.
    private static ReceivedRequest received(WebhookRequest webhookRequest) {
      StringBuilder head =
          new StringBuilder("POST " + webhookRequest.url().getPath() + " HTTP/1.1\r\n")
              .append("Host: " + webhookRequest.url().getHost() + "\r\n");
      webhookRequest
          .headers()
          .forEach(header -> head.append(header.getKey() + ": " + header.getValue() + "\r\n"));
      head.append("Content-Length: " + webhookRequest.body().length + "\r\n\r\n");
      return new ReceivedRequest(head.toString(), webhookRequest.body());
    }

    @Override
    public Transport transport() {
      return transport;
    }

    @Override
    public URI startEndpoint(EndpointBehavior endpointBehavior) {
      URI url = URI.create("https://consumer.example/" + behaviors.size());
      behaviors.put(url, endpointBehavior);
      received.put(url, new LinkedBlockingQueue<>());
      return url;
    }

    @Override
    public URI unresolvableUrl() {
      return URI.create("https://DNS@unused.example/");
    }

    @Override
    public URI refusedUrl() {
      return URI.create("https://CONNECT_REFUSED@unused.example/");
    }

    @Override
    public URI blockedUrl() {
      return URI.create("https://BLOCKED_ADDRESS@unused.example/");
    }

    @Override
    public ReceivedRequest nextRequest(URI endpointUrl) throws InterruptedException {
      return Objects.requireNonNull(received.get(endpointUrl)).take();
    }

    @Override
    public long nanoTime() {
      return timeSource.nanoTime();
    }

    @Override
    public void close() {
      // Everything is in memory.
    }
  }
}
