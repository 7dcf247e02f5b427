package com.poolbrain.webhooks.samples.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.poolbrain.webhooks.consumer.WebhookReceiver;
import com.sun.net.httpserver.HttpServer;
import io.javalin.Javalin;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/// The samples, each started as its server does.
enum Adapter {
  JAVALIN {
    @Override
    Endpoint start(WebhookReceiver receiver) {
      Javalin server = JavalinSample.create(receiver).start("127.0.0.1", 0);
      return new HttpEndpoint(server.port(), server::stop);
    }
  },
  JAX_RS {
    @Override
    Endpoint start(WebhookReceiver receiver) {
      HttpServer server =
          JdkHttpServerFactory.createHttpServer(
              URI.create("http://127.0.0.1:0/"),
              new ResourceConfig().register(new JaxRsSample(receiver)));
      return new HttpEndpoint(server.getAddress().getPort(), () -> server.stop(0));
    }
  },
  VERTX {
    @Override
    Endpoint start(WebhookReceiver receiver) {
      Vertx vertx = Vertx.vertx();
      var server = VertxSample.create(vertx, receiver).listen(0, "127.0.0.1").await();
      return new HttpEndpoint(server.actualPort(), () -> vertx.close().await());
    }
  },
  LAMBDA {
    @Override
    Endpoint start(WebhookReceiver receiver) {
      return lambda(receiver, false);
    }
  },
  LAMBDA_BASE64 {
    @Override
    Endpoint start(WebhookReceiver receiver) {
      return lambda(receiver, true);
    }
  };

  /// Where a sample can be reached.
  interface Endpoint extends AutoCloseable {

    /// Sends a webhook.
    ///
    /// @return status of the answer
    int post(byte[] body, String signature) throws IOException, InterruptedException;

    @Override
    void close();
  }

  abstract Endpoint start(WebhookReceiver receiver);

  private static Endpoint lambda(WebhookReceiver receiver, boolean base64) {
    var function = new LambdaSample(receiver);
    return new Endpoint() {
      @Override
      @SuppressWarnings("NullAway") // the sample does not use the context
      public int post(byte[] body, String signature) {
        String text = base64 ? Base64.getEncoder().encodeToString(body) : new String(body, UTF_8);
        var event =
            APIGatewayV2HTTPEvent.builder()
                // The gateway writes names in lower case, and leaves an empty body out.
                .withHeaders(Map.of("x-webhook-signature", signature))
                .withBody(text.isEmpty() ? null : text)
                .withIsBase64Encoded(base64)
                .build();
        return function.handleRequest(event, null).getStatusCode();
      }

      @Override
      public void close() {}
    };
  }

  private static final class HttpEndpoint implements Endpoint {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;
    private final Runnable stop;

    HttpEndpoint(int port, Runnable stop) {
      this.url = URI.create("http://127.0.0.1:" + port + "/webhooks");
      this.stop = stop;
    }

    @Override
    public int post(byte[] body, String signature) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .header("Content-Type", "application/json")
              .header("X-Webhook-Signature", signature)
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() {
      client.close();
      stop.run();
    }
  }
}
