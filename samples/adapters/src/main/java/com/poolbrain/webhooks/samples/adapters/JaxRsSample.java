package com.poolbrain.webhooks.samples.adapters;

import com.poolbrain.webhooks.consumer.Reply;
import com.poolbrain.webhooks.consumer.WebhookReceiver;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/// JAX-RS: Jersey, RESTEasy, Quarkus, Helidon. A stream, so that not more than a webhook is read.
@Path("webhooks")
public final class JaxRsSample {

  private final WebhookReceiver receiver;

  JaxRsSample(WebhookReceiver receiver) {
    this.receiver = receiver;
  }

  @POST
  public Response receive(InputStream body, @Context HttpHeaders headers) throws IOException {
    byte[] rawBody = body.readNBytes(receiver.maxBodyBytes() + 1);
    Reply reply = receiver.receive(rawBody, headers::getHeaderString);
    return Response.status(reply.status())
        .type(MediaType.TEXT_PLAIN_TYPE)
        .entity(reply.message())
        .build();
  }
}
