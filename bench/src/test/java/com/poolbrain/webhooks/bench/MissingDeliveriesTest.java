package com.poolbrain.webhooks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.bench.load.EventMarkers;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.MissingDeliveries;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What did not arrive is found in the database of the real service, under what became of it.
@Timeout(600)
@Tag("slow")
class MissingDeliveriesTest {

  private static final long COMPANY = 40;
  private static final String FAILING = "customer.created";
  private static final String PAUSED = "job.one_time.created";
  private static final String WORKING = "job.one_time.deleted";
  private static final String FAILING_AND_PAUSED = "customer.status.updated";
  private static final String UNSUBSCRIBED = "technician.route.changed";

  @TempDir private Path folder;
  private BenchEnvironment benchEnvironment;

  @BeforeEach
  void subscribe() throws Exception {
    benchEnvironment = new BenchEnvironment(TestLaunchCommand.inFolder(folder));
    ApiSetup apiSetup = new ApiSetup(benchEnvironment.service());
    apiSetup.createCompany(COMPANY);
    createEndpoint(FAILING, "/reset");
    pause(createEndpoint(PAUSED, "/ok/0"));
    createEndpoint(WORKING, "/uncounted");
    createEndpoint(FAILING_AND_PAUSED, "/reset");
    pause(createEndpoint(FAILING_AND_PAUSED, "/ok/0"));
  }

  @AfterEach
  void closeEnvironment() throws IOException {
    benchEnvironment.close();
  }

  private String createEndpoint(String type, String path) throws Exception {
    return new ApiSetup(benchEnvironment.service())
        .createEndpoint(COMPANY, type, benchEnvironment.receiver().url("localhost", path));
  }

  private void pause(String endpoint) throws Exception {
    new ApiSetup(benchEnvironment.service()).setPaused(COMPANY, endpoint, true);
  }

  /// Publishes one event, and says its number.
  private int publish(String type) throws Exception {
    int number = benchEnvironment.eventMarkers().reserve(1);
    PublishTarget publishTarget = new ApiSetup(benchEnvironment.service()).newTarget(COMPANY, type);
    var _ =
        benchEnvironment
            .service()
            .call(
                "POST",
                "/api/v1/events",
                publishTarget
                    .body()
                    .replace("{{ID}}", benchEnvironment.eventMarkers().markerText(number))
                    .replace("{{TS}}", "2026-02-13T06:42:24.705000Z"));
    return number;
  }

  private MissingDeliveries lookUp(int number, int missing) throws SQLException {
    return lookUp(Map.of(number, missing));
  }

  private MissingDeliveries lookUp(Map<Integer, Integer> missing) throws SQLException {
    return MissingDeliveries.lookUp(
        benchEnvironment.postgres(), benchEnvironment.eventMarkers(), new TreeMap<>(missing));
  }

  private void awaitNonZero(String countSql) throws SQLException, InterruptedException {
    while (benchEnvironment.postgres().queryNumber(countSql) == 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void missing_deliveries_are_counted_as_open_ended_or_lost() throws Exception {
    int open = publish(FAILING);
    int skipped = publish(PAUSED);
    int delivered = publish(WORKING);
    int openAndSkipped = publish(FAILING_AND_PAUSED);
    int withoutDelivery = publish(UNSUBSCRIBED);
    int unpublished = benchEnvironment.eventMarkers().reserve(1);
    awaitNonZero("select count(*) from open_delivery where attempt_count > 0");
    awaitNonZero("select count(*) from delivery where status = 'delivered'");

    assertThat(lookUp(open, 1)).isEqualTo(new MissingDeliveries(1, 0, 0));
    assertThat(lookUp(skipped, 1)).isEqualTo(new MissingDeliveries(0, 1, 0));
    assertThat(lookUp(openAndSkipped, 2)).isEqualTo(new MissingDeliveries(1, 1, 0));
    assertThat(lookUp(delivered, 1))
        .as("said to be delivered")
        .isEqualTo(new MissingDeliveries(0, 0, 1));
    assertThat(lookUp(withoutDelivery, 1))
        .as("without a delivery")
        .isEqualTo(new MissingDeliveries(0, 0, 1));
    assertThat(lookUp(unpublished, 1))
        .as("not on record")
        .isEqualTo(new MissingDeliveries(0, 0, 1));
    assertThat(lookUp(open, 3)).as("more than there are").isEqualTo(new MissingDeliveries(1, 0, 2));
    assertThat(lookUp(Map.of(open, 1, skipped, 1, openAndSkipped, 1, delivered, 1, unpublished, 1)))
        .isEqualTo(new MissingDeliveries(2, 1, 2));
    assertThat(lookUp(Map.of())).isEqualTo(new MissingDeliveries(0, 0, 0));
    assertThat(
            MissingDeliveries.lookUp(
                benchEnvironment.postgres(),
                new EventMarkers(
                    new EventMarkers(0)
                            .markerText(0)
                            .equals(benchEnvironment.eventMarkers().markerText(0))
                        ? 1
                        : 0),
                new TreeMap<>(Map.of(open, 1))))
        .as("of another run")
        .isEqualTo(new MissingDeliveries(0, 0, 1));
  }
}
