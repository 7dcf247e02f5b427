package com.poolbrain.webhooks.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// docs/operations.md describes the metrics and paths of a running service.
class DocumentedOperationsTest {

  private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");
  private static final Path DASHBOARD = OPERATIONS.resolveSibling("grafana.json");

  /// The first cell of a row of a table of metrics, and its last cell: the alert rule.
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z0-9_]+)` \\|.*\\| ([^|]+) \\|$", Pattern.MULTILINE);

  private static final Pattern EXPORTED_NAME =
      Pattern.compile("^# TYPE ([a-z0-9_]+) ", Pattern.MULTILINE);

  private static final Pattern EXPLAINED_NAME =
      Pattern.compile("^# HELP ([a-z0-9_]+) +\\S+", Pattern.MULTILINE);

  private static final Pattern EXPORTED_LABEL = Pattern.compile("[{,]([a-z_]+)=\"");
  private static final Pattern FORWARDED =
      Pattern.compile("^  location ~ (\\S+) \\{", Pattern.MULTILINE);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern QUERIED_NAME =
      Pattern.compile("\\b((?:webhooks|jvm|process|system)_[a-z0-9_]+)");
  private static final Pattern QUERIED_LABEL = Pattern.compile("[{,]\\s*([a-z_]+)\\s*[=!]");
  private static final Pattern GROUPING = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
  private static final Pattern HISTOGRAM_SUFFIX = Pattern.compile("_(bucket|count|sum)$");

  /// Prometheus adds these labels.
  private static final List<String> ADDED_LABELS = List.of("le", "job", "instance");

  /// Exported only after the first collection of a collector that has such phases.
  private static final String OF_COLLECTIONS = "jvm_gc_";

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final HttpsReceiver RECEIVER = HttpsReceiver.answering(500, 200);

  private static String scraped = "";

  /// Metrics with labels appear with their first value.
  @BeforeAll
  static void deliver_with_a_retry() {
    var company = SERVICE.createCompany();
    TestEndpoint endpoint = company.subscribe(RECEIVER.url(), "customer.created");
    company.publishCustomerCreated(1);
    endpoint.awaitOnlyDelivery("delivered");
    scraped =
        Await.until(
            "both attempts are counted",
            () -> SERVICE.api().getFromRoot("/metrics").body(),
            text -> text.contains("status=\"delivered\"") && text.contains("status=\"retrying\""));
  }

  @Test
  void every_exported_metric_is_documented_and_every_documented_one_is_exported()
      throws IOException {
    Set<String> documented = documentedMetrics();

    assertThat(documented).containsAll(exportedMetrics());
    documented.removeIf(name -> name.startsWith(OF_COLLECTIONS));
    assertThat(exportedMetrics()).containsAll(documented);
  }

  @Test
  void every_exported_metric_has_a_help_text() {
    assertThat(namesOf(EXPLAINED_NAME, scraped)).containsAll(exportedMetrics());
  }

  @Test
  void alert_rules_name_only_metrics_and_labels_that_are_exported() throws IOException {
    List<String> rules = new ArrayList<>();
    for (var row : ROW.matcher(Files.readString(OPERATIONS)).results().toList()) {
      CODE.matcher(row.group(2)).results().forEach(rule -> rules.add(rule.group(1)));
    }

    assertThat(rules).isNotEmpty();
    assertThatQueriesAreAnswered(rules);
  }

  @Test
  void dashboard_queries_only_metrics_and_labels_that_are_exported() throws IOException {
    JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));
    List<String> queries =
        dashboard.path("panels").findValues("expr").stream().map(JsonNode::stringValue).toList();

    assertThat(queries).hasSizeGreaterThan(dashboard.path("panels").size());
    assertThatQueriesAreAnswered(queries);
    assertThat(Files.readString(OPERATIONS)).contains("(" + DASHBOARD.getFileName() + ")");
  }

  @Test
  void sample_of_a_reverse_proxy_forwards_the_api_and_nothing_that_needs_no_key()
      throws IOException {
    var location = FORWARDED.matcher(Files.readString(OPERATIONS));
    assertThat(location.find()).isTrue();
    Predicate<String> isForwarded = Pattern.compile(location.group(1)).asPredicate();
    List<String> paths =
        List.copyOf(
            SERVICE.api().getFromRoot("/openapi.json").expect(200).path("paths").propertyNames());

    assertThat(paths)
        .filteredOn(path -> path.startsWith("/api/"))
        .isNotEmpty()
        .allMatch(isForwarded);
    assertThat(paths)
        .filteredOn(path -> !path.startsWith("/api/") && !path.startsWith("/docs"))
        .contains("/metrics", "/health/ready")
        .noneMatch(isForwarded);
    assertThat(SERVICE.api().getFromRoot("/docs").body()).contains("href=\"/docs/openapi.json\"");
    assertThat(isForwarded).accepts("/docs/openapi.json");
  }

  private static void assertThatQueriesAreAnswered(List<String> queries) throws IOException {
    Set<String> names = documentedMetrics(); // with those of collections, which may come later
    names.addAll(namesOf(EXPORTED_LABEL, scraped));
    names.addAll(ADDED_LABELS);
    for (String query : queries) {
      assertThat(namesOf(QUERIED_NAME, query))
          .as(query)
          .isNotEmpty()
          .allMatch(name ->
              names.contains(name)
                  || names.contains(HISTOGRAM_SUFFIX.matcher(name).replaceFirst("")));
      assertThat(names).as(query).containsAll(namesOf(QUERIED_LABEL, query));
      for (String labels : namesOf(GROUPING, query)) {
        assertThat(names).as(query).contains(labels.split("\\s*,\\s*"));
      }
    }
  }

  private static Set<String> documentedMetrics() throws IOException {
    return namesOf(ROW, Files.readString(OPERATIONS));
  }

  private static Set<String> exportedMetrics() {
    return namesOf(EXPORTED_NAME, scraped);
  }

  private static Set<String> namesOf(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    pattern.matcher(text).results().forEach(match -> names.add(match.group(1)));
    return names;
  }
}
