package com.poolbrain.webhooks.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.api.access.ApiExceptionMapper;
import com.poolbrain.webhooks.api.access.ApiKeyAuthorizer;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.api.publish.PublishRequestParser;
import com.poolbrain.webhooks.api.publish.PublishRoute;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.http.Handler;
import com.poolbrain.webhooks.http.HttpApplication;
import com.poolbrain.webhooks.http.HttpLimits;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.LoopbackServer;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Failures of the database: each response says what the failure means for the request.
@TestInstance(Lifecycle.PER_CLASS)
class LedgerFailuresTest {

  private static final String EVENT =
      """
      {"company_id": 40, "event": "customer.created",
       "data": {"customerId": %d, "displayName": "Ann"}}
      """;

  private final LoopbackServer server =
      new LoopbackServer(
          new HttpApplication(
              routes(),
              new ApiKeyAuthorizer(
                  _ -> true,
                  _ -> new Principal("1", "all", Set.of(Scope.OPERATOR), null),
                  Runnable::run),
              new ApiExceptionMapper()),
          HttpLimits.withDefaults(10_000));

  private static List<HttpRoute> routes() {
    Handler.Blocking failing =
        request -> {
          throw ledgerFailure(request.pathVariable("how"));
        };
    var access = OperationAccess.to(Operation.LIST_COMPANIES);
    var publishRoute =
        new PublishRoute(
            new PublishRequestParser(EventTypeRegistry.builtIn()),
            publishRequest ->
                CompletableFuture.failedFuture(
                    ledgerFailure(
                        List.of("", "unavailable", "timed_out", "commit_unknown", "rejected")
                            .get(publishRequest.events().size()))));
    return Stream.concat(
            publishRoute.routes().stream(),
            Stream.of(
                HttpRoute.get("/fails/{how}", access, failing),
                HttpRoute.post("/fails/{how}", access, failing)))
        .toList();
  }

  private static LedgerException ledgerFailure(String kind) {
    IOException cause = new IOException("internal detail");
    return switch (kind) {
      case "unavailable" -> new LedgerException.Unavailable("unavailable", cause);
      case "timed_out" -> new LedgerException.TimedOut("timed_out", cause);
      case "commit_unknown" -> new LedgerException.CommitUnknown("commit_unknown", cause);
      case "rejected" -> new LedgerException.Rejected("rejected", cause);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @BeforeAll
  void start() {
    server.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "GET, unavailable, 503, ask again",
    "POST, unavailable, 503, nothing was changed",
    "GET, timed_out, 503, ask for less",
    "POST, timed_out, 503, nothing was changed",
    "POST, commit_unknown, 503, check before you repeat it",
    "GET, rejected, 422, fault",
    "POST, rejected, 422, nothing was changed",
  })
  void ledger_failure_of_a_call_is_reported_by_kind(
      String method, String kind, int status, String expectedText) {
    assertAnswer(server.send(method, "/fails/" + kind, "all", null), status, expectedText);
  }

  @ParameterizedTest(name = "a publish of {0}")
  @CsvSource({
    "1, 503, nothing was stored",
    "2, 503, nothing was stored",
    "3, 503, repeat with the same idempotency key",
    "4, 422, fault",
  })
  void ledger_failure_of_a_publish_is_reported_by_kind(
      int eventCount, int status, String expectedText) {
    List<String> events =
        Stream.iterate(1, i -> i + 1).limit(eventCount).map(EVENT::formatted).toList();
    assertAnswer(
        server.send("POST", "/api/v1/events", "all", events.toString()), status, expectedText);
  }

  private static void assertAnswer(HttpResponse<String> answer, int status, String expectedText) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(expectedText).doesNotContain("internal detail");
    assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
  }
}
