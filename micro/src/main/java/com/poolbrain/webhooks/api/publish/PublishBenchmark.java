package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Parses a publish of one event: validates its JSON and copies its `data`.
@State(Scope.Benchmark)
public class PublishBenchmark {

  private final byte[] body =
      """
      {"company_id":40,"event":"customer.created","timestamp":"2026-02-13T06:42:24.705Z",\
      "data":{"customerId":1001,"displayName":"John Doe"}}\
      """
          .getBytes(StandardCharsets.UTF_8);
  private final PublishRequestParser parser = new PublishRequestParser(EventTypeRegistry.builtIn());
  private final Principal principal =
      new Principal("key", "key", Set.of(com.poolbrain.webhooks.management.Scope.PUBLISH), null);

  /// One request.
  ///
  /// @throws IllegalStateException if it is refused, because then the result would mean nothing
  @Benchmark
  public Object read() {
    if (parser.parse(body, principal, null) instanceof ParseResult.Parsed parsed) {
      return parsed;
    }
    throw new IllegalStateException("the publish of the benchmark was refused");
  }
}
