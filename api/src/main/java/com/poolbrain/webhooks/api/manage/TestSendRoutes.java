package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.companyId;
import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.api.manage.DeliveryView.AttemptView;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.TestSend;
import com.poolbrain.webhooks.management.TestSend.TestEvent;
import java.util.List;
import java.util.UUID;

/// The route that sends a test event to an endpoint.
public final class TestSendRoutes {

  private final TestSend testSend;

  public TestSendRoutes(TestSend testSend) {
    this.testSend = testSend;
  }

  private record TestSendView(UUID deliveryId, AttemptView attempt) {}

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.post(
            EndpointRoutes.ENDPOINT_PATH + "/test",
            OperationAccess.to(Operation.TEST_ENDPOINT),
            this::send));
  }

  private Response send(Request request) throws InterruptedException {
    TestEvent event = parse(request.optionalJsonFields());
    return ApiResponses.orConflict(
        testSend.send(
            principal(request), companyId(request), EndpointRoutes.endpointId(request), event),
        completed ->
            Response.ok(
                new TestSendView(completed.sent().claim().id(), AttemptView.of(completed))));
  }

  private TestEvent parse(JsonFields fields) {
    var event = new TestEvent(fields.text("event"), fields.raw("data"));
    ApiRequests.rejectInvalid(fields, testSend.validate(event));
    return event;
  }
}
