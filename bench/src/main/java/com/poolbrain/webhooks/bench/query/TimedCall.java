package com.poolbrain.webhooks.bench.query;

import com.poolbrain.webhooks.testkit.service.ApiResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// A kind of call whose response time is measured.
///
/// @param request gets a response with other parameters each time
public record TimedCall(String name, Supplier<Request> request) {

  /// A call with its parameters.
  ///
  /// @param send sends it and returns the response
  /// @param expectedText must be in the body
  public record Request(String path, Supplier<ApiResponse> send, String expectedText) {}

  /// Makes the call several times, one at a time.
  public CallTimes measure(int warmUpCalls, int calls) {
    for (int i = 0; i < warmUpCalls; i++) {
      var _ = micros();
    }
    Histogram micros = new Histogram(3);
    for (int i = 0; i < calls; i++) {
      micros.recordValue(micros());
    }
    return CallTimes.of(name, micros);
  }

  /// The time of one call.
  ///
  /// @throws IllegalStateException if its response is not what was asked for
  public long micros() {
    Request next = request.get();
    long startNanos = System.nanoTime();
    ApiResponse response = next.send().get();
    long nanos = System.nanoTime() - startNanos;
    if (response.status() != 200 || !response.body().contains(next.expectedText())) {
      throw new IllegalStateException(
          "%s was answered with %d, or without %s"
              .formatted(next.path(), response.status(), next.expectedText()));
    }
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }
}
