package com.poolbrain.webhooks.samples.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.poolbrain.webhooks.consumer.Reply;
import com.poolbrain.webhooks.consumer.WebhookReceiver;
import java.util.Base64;
import java.util.Objects;

/// AWS Lambda behind a function URL or an HTTP API, which may encode the body in Base64.
final class LambdaSample
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private final WebhookReceiver receiver;

  LambdaSample(WebhookReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    String body = Objects.requireNonNullElse(event.getBody(), "");
    byte[] rawBody =
        event.getIsBase64Encoded() ? Base64.getDecoder().decode(body) : body.getBytes(UTF_8);
    Reply reply = receiver.receive(rawBody, event.getHeaders());
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(reply.status())
        .withBody(reply.message())
        .build();
  }
}
