package com.poolbrain.webhooks.bench.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.bench.query.DeliverySamples.Sample;
import com.poolbrain.webhooks.bench.service.ServiceUnderTest;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The lists, look-ups and statistics of the API that are measured.
public final class QueryCalls {

  private QueryCalls() {}

  /// All calls.
  public static List<TimedCall> of(ServiceUnderTest service, DeliverySamples samples) {
    ServiceClient client = service.client();
    return paths(samples.busiestCompany()).entrySet().stream()
        .map(call ->
            new TimedCall(
                call.getKey(),
                () -> {
                  String path = call.getValue().apply(samples.next());
                  return new TimedCall.Request(path, () -> client.get(path), "");
                }))
        .toList();
  }

  private static Map<String, Function<Sample, String>> paths(long busiest) {
    Map<String, Function<Sample, String>> calls = new LinkedHashMap<>();
    calls.put("log", QueryCalls::log);
    calls.put("log of the busiest company", _ -> log(busiest));
    calls.put("log, a day", s -> log(s) + "?to=" + s.at());
    calls.put("log, status", s -> log(s) + "?status=permanently_failed");
    calls.put("log, event", s -> log(s) + "?event=customer.created");
    calls.put("log, endpoint", s -> log(s) + "?endpoint_id=" + s.endpoint());
    calls.put(
        "log, endpoint and status", s -> log(s) + "?status=skipped&endpoint_id=" + s.endpoint());
    calls.put("log, result 5xx", s -> log(s) + "?result=5xx");
    calls.put("log, result that none has", _ -> log(busiest) + "?result=dns");
    calls.put("log, trigger that none has", _ -> log(busiest) + "?trigger=manual");
    calls.put("search, customer", s -> log(s) + "?q=" + s.ref());
    calls.put("search, delivery", s -> log(s) + "?q=" + s.id());
    calls.put("search, event", s -> log(s) + "?q=" + s.eventId());
    calls.put("delivery", s -> log(s) + "/" + s.id());
    calls.put("endpoints with their health", s -> "/companies/" + s.company() + "/endpoints");
    calls.put("look-up, event", s -> "/support/lookup?id=" + s.eventId());
    calls.put("look-up, delivery", s -> "/support/lookup?id=" + s.id());
    calls.put("look-up, URL and time", QueryCalls::lookup);
    calls.put("look-up, URL and time, 24 h", s -> lookup(s) + "&window=24h");
    calls.put(
        "statistics of a company, 30 d", s -> "/companies/" + s.company() + "/stats?window=30d");
    calls.put(
        "statistics of an endpoint, 30 d",
        s -> "/companies/%d/endpoints/%s/stats?window=30d".formatted(s.company(), s.endpoint()));
    return calls;
  }

  private static String log(Sample sample) {
    return log(sample.company());
  }

  private static String log(long company) {
    return "/companies/" + company + "/deliveries";
  }

  private static String lookup(Sample sample) {
    return "/support/lookup?endpoint_url="
        + URLEncoder.encode(sample.url(), UTF_8)
        + "&at="
        + sample.at();
  }
}
