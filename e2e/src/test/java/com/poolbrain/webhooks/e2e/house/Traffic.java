package com.poolbrain.webhooks.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.bench.crash.Books;
import com.poolbrain.webhooks.bench.crash.Count;
import com.poolbrain.webhooks.bench.crash.Publishers;
import com.poolbrain.webhooks.bench.crash.Subscriber;
import com.poolbrain.webhooks.bench.crash.Webhook;
import com.poolbrain.webhooks.contracts.consumer.Received;
import com.poolbrain.webhooks.contracts.consumer.Visit;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestReporter;

/// What a fault must not disturb: two companies whose events are published until they are accepted,
/// their consumer, and the books of both sides.
///
/// ```java
/// try (Traffic traffic = Traffic.through(house::url)) {
///   traffic.publish(600);
///   traffic.awaitArrivals(100);
///   …                                    // something is killed and comes back
///   traffic.assertThatNothingIsLost(0, report);
/// }
/// ```
public final class Traffic implements AutoCloseable {

  private static final int COMPANIES = 2;

  /// So many that wait are enough to keep all publishers busy.
  private static final int BUSY = 100;

  private static final int A_FEW = 20;

  private final Consumer consumer;
  private final List<Endpoint> endpoints;
  private final Books books;
  private final Publishers publishers;

  private Traffic(Api api, Supplier<@Nullable URI> service) {
    CompletableFuture<Books> opened = new CompletableFuture<>();
    consumer = Consumer.of(visit -> serve(visit, opened));
    endpoints = Stream.generate(() -> subscribe(api)).limit(COMPANIES).toList();
    books =
        new Books(
            endpoints.stream()
                .map(endpoint -> new Subscriber(endpoint.company().id(), endpoint.secret()))
                .toList());
    opened.complete(books);
    publishers = new Publishers(books, service, Setup.ADMIN_KEY);
  }

  /// Nothing yet: the companies are set up through this API.
  ///
  /// @param service where it is published to; null while that is nowhere
  public static Traffic through(Api api, Supplier<@Nullable URI> service) {
    return new Traffic(api, service);
  }

  /// The same for a service in this process.
  public static Traffic through(House house) {
    return new Traffic(house.api(), house::url);
  }

  private Endpoint subscribe(Api api) {
    Company company = Company.signUp(api);
    return company.subscribe(consumer.server().url("/" + company.id()), "customer.created");
  }

  private static void serve(Visit visit, CompletableFuture<Books> books) throws IOException {
    while (true) {
      Received request = visit.request();
      Hook hook = new Hook(request);
      long company = Long.parseLong(request.requestLine().replaceAll("\\D*(\\d+) .*", "$1"));
      books
          .join()
          .arrived(
              new Webhook(
                  company, hook.header("X-Webhook-Signature"), hook.eventId(), request.body()),
              true);
      visit.answer(200, "thank you");
    }
  }

  /// Has so many more events published.
  public void publish(int events) {
    publishers.publish(events);
  }

  /// Has some more events published if publishers are about to run out of them. Whatever is to
  /// happen while they publish may come late.
  public void keepGoing() {
    if (publishers.left() < BUSY) {
      publish(A_FEW);
    }
  }

  /// The books of both sides.
  public Books books() {
    return books;
  }

  /// Who publishes.
  public Publishers publishers() {
    return publishers;
  }

  /// Waits until so many webhooks have arrived in all.
  public void awaitArrivals(int webhooks) {
    Patience.until(webhooks + " have arrived", books::arrivals, count -> count >= webhooks);
  }

  /// Waits until so many publishes were refused with a 503 that says when to come again, and has
  /// more published until then: all of those before may have been accepted by now.
  public void awaitRefusals(int refusals) {
    awaitRefusals(refusals, () -> {});
  }

  /// The same of a fault that passes by itself.
  ///
  /// @param again makes it again; is called again and again
  public void awaitRefusals(int refusals, Runnable again) {
    Patience.until("publishers are refused", () -> refused(again), size -> size >= refusals);
    assertThat(publishers.refusals())
        .allSatisfy(refusal -> {
          assertThat(Integer.parseInt(refusal.retryAfter())).isPositive();
          assertThat(refusal.body()).contains("\"detail\"");
        });
  }

  private int refused(Runnable again) {
    again.run();
    keepGoing();
    return publishers.refusals().size();
  }

  /// Waits until everything is published and delivered; then nothing is lost, and nothing is other
  /// than it was published.
  ///
  /// @param mostDuplicates webhooks that may have been sent and not be on record at the faults
  public void assertThatNothingIsLost(int mostDuplicates, TestReporter report) {
    Patience.until("everything is accepted", publishers::left, left -> left == 0);
    Patience.until("everything arrives", () -> books.count().lost(), lost -> lost == 0);
    Count count = books.count();
    report.publishEntry("count", count.toString());
    report.publishEntry(
        "publishers",
        "refused %d times, of these %d in doubt; %d times unanswered"
            .formatted(
                publishers.refusals().size(),
                publishers.refusals().stream().filter(Publishers.Refusal::inDoubt).count(),
                publishers.unanswered()));
    assertThat(books.wrongs()).isEmpty();
    assertThat(publishers.surprises()).isEmpty();
    assertThat(count.duplicates()).isLessThanOrEqualTo(mostDuplicates);
  }

  /// Waits until the service itself says that all it accepted is delivered.
  public void assertThatAllIsOnRecord(Api api) {
    for (Endpoint endpoint : endpoints) {
      Company company = endpoint.company().through(api);
      for (String status :
          List.of("pending", "delivering", "retrying", "permanently_failed", "skipped")) {
        String list = "%s/deliveries?limit=1&status=%s".formatted(company.path(), status);
        Answer answer =
            Patience.until(
                "nothing is " + status,
                () -> company.api().get(list),
                Traffic::saysThatThereIsNone);
        answer.expect(200);
      }
    }
  }

  /// A 503 says nothing yet: the service may still meet connections that a fault has cut.
  private static boolean saysThatThereIsNone(Answer answer) {
    return answer.status() != 503 && answer.json().path("data").isEmpty();
  }

  @Override
  public void close() {
    publishers.close();
    consumer.close();
  }
}
