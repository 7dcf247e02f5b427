package com.poolbrain.webhooks.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.api.publish.PublishRequestParser;
import com.poolbrain.webhooks.api.publish.PublishRoute;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.http.Handler;
import com.poolbrain.webhooks.http.HttpLimits;
import com.poolbrain.webhooks.http.LoopbackServer;
import com.poolbrain.webhooks.http.Route;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
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

/// A store that does not do what it is asked: each call is told what that means for it.
@TestInstance(Lifecycle.PER_CLASS)
class LedgerFailuresTest {

  private static final String EVENT =
      """
      {"company_id": 40, "event": "customer.created",
       "data": {"customerId": %d, "displayName": "Ann"}}
      """;

  private final LoopbackServer server =
      new LoopbackServer(
          _ -> new Principal("1", "all", Set.of(Scope.OPERATOR, Scope.PUBLISH), null),
          routes(),
          HttpLimits.DEFAULT);

  private static List<Route> routes() {
    Handler failing =
        request -> {
          throw ledgerFailure(request.pathVariable("how"));
        };
    var publishRoute =
        new PublishRoute(
            new PublishRequestParser(EventCatalogue.builtIn()),
            publishRequest ->
                CompletableFuture.failedFuture(
                    ledgerFailure(
                        List.of("", "away", "slow", "doubt", "refused")
                            .get(publishRequest.events().size()))));
    return Stream.concat(
            publishRoute.routes().stream(),
            Stream.of(
                Route.get("/fails/{how}", Scope.READ, failing),
                Route.post("/fails/{how}", Scope.READ, failing)))
        .toList();
  }

  private static LedgerException ledgerFailure(String kind) {
    IOException cause = new IOException("the database's own words");
    return switch (kind) {
      case "away" -> new LedgerException.Unavailable("away", cause);
      case "slow" -> new LedgerException.TimedOut("slow", cause);
      case "doubt" -> new LedgerException.CommitUnknown("doubt", cause);
      case "refused" -> new LedgerException.Rejected("refused", cause);
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
    "GET, away, 503, ask again",
    "POST, away, 503, nothing was changed",
    "GET, slow, 503, ask for less",
    "POST, slow, 503, nothing was changed",
    "POST, doubt, 503, look before you repeat it",
    "GET, refused, 422, fault",
    "POST, refused, 422, nothing was changed",
  })
  void ledger_failure_of_a_call_is_reported_by_kind(
      String method, String kind, int status, String expectedText) {
    assertAnswer(server.send(method, "/fails/" + kind, "all", null), status, expectedText);
  }

  @ParameterizedTest(name = "a publish of {0}")
  @CsvSource({
    "1, 503, nothing was stored",
    "2, 503, nothing was stored",
    "3, 503, repeat it with the same idempotency key",
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
    assertThat(answer.body()).contains(expectedText).doesNotContain("own words");
    assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
  }
}
