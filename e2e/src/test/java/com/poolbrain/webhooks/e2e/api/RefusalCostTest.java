package com.poolbrain.webhooks.e2e.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.poolbrain.webhooks.api.publish.ParseResult;
import com.poolbrain.webhooks.api.publish.PublishRequestParser;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Refusing a request costs little, and in proportion to its size. The cost is the memory that the
/// parser allocates, which is the same on every machine: a suggestion for each of many errors
/// allocates some kilobytes.
class RefusalCostTest {

  /// Of a byte of a request with nothing but errors of a few characters.
  private static final int MAX_BYTES_PER_BYTE = 80;

  private static final String EVENT_HEAD =
      "{\"company_id\":40,\"event\":\"job.one_time.schedule.changed\",\"data\":";

  /// A request with errors.
  ///
  /// @param text makes the request with this many errors
  record Hostile(
      String name, int errors, IntFunction<String> text, Function<String, Problem> parser) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static String repeat(int count, String separator, IntFunction<String> element) {
    return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(separator));
  }

  /// Objects of a thousand fields each.
  private static String objects(int fieldCount) {
    return repeat(
        fieldCount / 1_000,
        ",",
        object -> "{" + repeat(1_000, ",", i -> "\"%d\":0".formatted(object * 1_000 + i)) + "}");
  }

  static List<Hostile> hostileRequests() {
    Function<String, Problem> publish = RefusalCostTest::parsePublish;
    return List.of(
        new Hostile(
            "unknown fields of data",
            20_000,
            count -> EVENT_HEAD + "[" + objects(count) + "]}",
            publish),
        new Hostile(
            "unknown fields of data before the event",
            20_000,
            count ->
                "{\"data\":["
                    + objects(count)
                    + "],\"company_id\":40,\"event\":\"job.one_time.schedule.changed\"}",
            publish),
        new Hostile(
            "unknown fields of an unknown field",
            20_000,
            count -> EVENT_HEAD + "{\"x\":[" + objects(count) + "]}}",
            publish),
        new Hostile(
            "unknown fields of events", 20_000, count -> "[" + objects(count) + "]", publish),
        new Hostile(
            "unknown events",
            1_000,
            count ->
                "[" + repeat(count, ",", i -> "{\"event\":\"job.creatd%d\"}".formatted(i)) + "]",
            publish),
        new Hostile(
            "values that are not allowed",
            10_000,
            count ->
                "{\"company_id\":40,\"event\":\"customer.status.updated\",\"data\":["
                    + repeat(count, ",", i -> "{\"currentStatus\":\"actve%d\"}".formatted(i))
                    + "]}",
            publish),
        new Hostile(
            "unknown fields of a management request",
            1_000,
            count -> "{" + repeat(count, ",", i -> "\"namee%d\":0".formatted(i)) + "}",
            RefusalCostTest::parseFields),
        new Hostile(
            "elements that are no texts",
            100_000,
            count -> "{\"names\":[" + repeat(count, ",", _ -> "0") + "]}",
            RefusalCostTest::parseFields),
        new Hostile(
            "unknown parameters",
            2_000,
            count -> repeat(count, "&", i -> "limt" + i),
            RefusalCostTest::parseQuery));
  }

  private static Problem parsePublish(String body) {
    var parser = new PublishRequestParser(EventTypeRegistry.builtIn());
    var principal = new Principal("k1", "any", Set.of(Scope.PUBLISH), null);
    return ((ParseResult.Invalid) parser.parse(body.getBytes(UTF_8), principal, null)).problem();
  }

  private static Problem parseFields(String body) {
    return catchThrowableOfType(
            ProblemException.class,
            () -> {
              JsonFields fields = JsonFields.parse(body.getBytes(UTF_8));
              fields.text("name");
              fields.texts("names");
              fields.rejectInvalid();
            })
        .problem();
  }

  private static Problem parseQuery(String query) {
    return catchThrowableOfType(
            ProblemException.class,
            () -> {
              QueryParams parameters = QueryParams.parse(query);
              parameters.number("limit", 1, 1, 2);
              parameters.rejectInvalid();
            })
        .problem();
  }

  @ParameterizedTest
  @MethodSource("hostileRequests")
  void refusal_costs_no_more_than_a_multiple_of_the_request(Hostile hostile) {
    String half = hostile.text().apply(hostile.errors() / 2);
    String whole = hostile.text().apply(hostile.errors());
    var _ = hostile.parser().apply(half);
    Problem problem = hostile.parser().apply(whole);

    long costOfHalf = allocatedBytes(hostile, half);
    long costOfWhole = allocatedBytes(hostile, whole);

    assertThat(problem.errors()).hasSizeBetween(1, 101);
    assertThat((costOfWhole - costOfHalf) / (whole.length() - half.length()))
        .isLessThan(MAX_BYTES_PER_BYTE);
  }

  private static long allocatedBytes(Hostile hostile, String request) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    var _ = hostile.parser().apply(request);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
