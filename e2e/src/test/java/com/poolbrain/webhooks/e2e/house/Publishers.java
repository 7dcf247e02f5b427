package com.poolbrain.webhooks.e2e.house;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Publishers of a core application, all at work on the same list of new customers: each customer
/// is published with an idempotency key of its own until the answer is a 202.
///
/// ```java
/// Publishers publishers = Publishers.start(company, IntStream.range(0, 2_000));
/// publishers.join();
/// ```
public final class Publishers {

  private static final int AT_ONCE = 16;

  private final Company company;
  private final Queue<Integer> open = new ConcurrentLinkedQueue<>();
  private final Map<Integer, String> accepted = new ConcurrentHashMap<>();
  private final List<Answer> refusals = new CopyOnWriteArrayList<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();

  private Publishers(Company company, IntStream customers) {
    this.company = company;
    customers.forEach(open::add);
  }

  /// Begins to publish these customers.
  public static Publishers start(Company company, IntStream customers) {
    Publishers publishers = new Publishers(company, customers);
    for (int i = 0; i < AT_ONCE; i++) {
      publishers.threads.add(Thread.ofVirtual().start(publishers::work));
    }
    return publishers;
  }

  private void work() {
    Integer customer = open.poll();
    while (customer != null) {
      try {
        publish(customer);
        customer = open.poll();
      } catch (UncheckedIOException theServiceIsGone) {
        unanswered.incrementAndGet();
        open.add(customer);
        customer = null;
      }
    }
  }

  private void publish(int customer) {
    Answer answer =
        Patience.until(
            "customer " + customer + " is accepted",
            () -> attempt(customer),
            said -> said.status() != 503);
    accepted.put(customer, answer.expect(202).path("events").path(0).path("id").stringValue());
  }

  private Answer attempt(int customer) {
    String data =
        "{\"customerId\": %d, \"displayName\": \"Customer %d\"}".formatted(customer, customer);
    Answer answer =
        company
            .api()
            .publish(
                company.event("customer.created", data),
                "Idempotency-Key",
                company.id() + "-" + customer);
    if (answer.status() == 503) {
      refusals.add(answer);
    }
    return answer;
  }

  /// Waits until all are accepted, or the service is gone.
  public void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /// The id of the event of each customer that got a 202.
  public Map<Integer, String> accepted() {
    return Map.copyOf(accepted);
  }

  /// The customers that did not.
  public IntStream left() {
    return List.copyOf(open).stream().mapToInt(Integer::intValue);
  }

  /// Every 503.
  public List<Answer> refusals() {
    return List.copyOf(refusals);
  }

  /// How many requests got no answer.
  public int unanswered() {
    return unanswered.get();
  }
}
