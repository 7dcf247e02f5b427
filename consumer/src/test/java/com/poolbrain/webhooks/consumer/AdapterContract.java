package com.poolbrain.webhooks.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.events.payload.CustomerCreated;
import com.poolbrain.webhooks.events.payload.Payload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What every adapter to an HTTP server must do, over real HTTP.
interface AdapterContract {

  /// Starts a server on the loopback address, which the test stops.
  ///
  /// @return URL of the endpoint
  URI start(WebhookReceiver receiver) throws Exception;

  @Test
  default void the_raw_body_and_all_headers_reach_the_receiver() throws Exception {
    List<Payload> handled = new CopyOnWriteArrayList<>();
    List<Integer> attempts = new CopyOnWriteArrayList<>();
    WebhookReceiver receiver =
        WebhookReceiver.builder()
            .secret(SignedRequest.SECRET)
            .on(
                CustomerCreated.class,
                (customers, context) -> {
                  handled.addAll(customers);
                  attempts.add(context.attempt());
                })
            .maxBodyBytes(2000)
            .build();
    URI url = start(receiver);
    try (HttpClient client = HttpClient.newHttpClient()) {
      SignedRequest request = SignedRequest.customerCreated().with("X-Webhook-Attempt", "2");

      HttpResponse<String> first = post(client, url, request);
      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(first.body()).isEqualTo("handled");
      assertThat(post(client, url, request).body()).isEqualTo("duplicate");
      assertThat(handled).containsExactly(new CustomerCreated(1001, "Renée"));
      assertThat(attempts).containsExactly(2);

      byte[] other = "{}".getBytes(StandardCharsets.US_ASCII);
      assertThat(post(client, url, request.withBody(other)).statusCode()).isEqualTo(401);
      assertThat(post(client, url, SignedRequest.of(other)).statusCode()).isEqualTo(400);
      assertThat(post(client, url, SignedRequest.of(new byte[2001])).statusCode()).isEqualTo(413);
      HttpResponse<String> get =
          client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      assertThat(get.statusCode()).isEqualTo(405);
      assertThat(get.headers().firstValue("Allow")).get().asString().contains("POST");
    }
  }

  @Test
  default void a_signature_behind_another_value_of_the_header_is_found() throws Exception {
    WebhookReceiver receiver =
        WebhookReceiver.builder()
            .secret(SignedRequest.SECRET)
            .on(CustomerCreated.class, (customers, context) -> {})
            .build();
    URI url = start(receiver);
    try (HttpClient client = HttpClient.newHttpClient()) {
      SignedRequest request = SignedRequest.customerCreated();
      HttpRequest twice =
          HttpRequest.newBuilder(url)
              .header("X-Webhook-Signature", "0".repeat(64))
              .header("X-Webhook-Signature", request.signature())
              .POST(BodyPublishers.ofByteArray(request.body()))
              .build();

      assertThat(client.send(twice, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> post(HttpClient client, URI url, SignedRequest request)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(builder::header);
    return client.send(builder.build(), BodyHandlers.ofString());
  }
}
