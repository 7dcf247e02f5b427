package com.poolbrain.webhooks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.bench.load.EventMarkers;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.MissingDeliveries;
import com.poolbrain.webhooks.testkit.service.Await;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Missing deliveries are looked up in the database of the real service.
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
  private BenchEnvironment environment;

  @BeforeEach
  void subscribe() throws InterruptedException {
    environment = new BenchEnvironment(TestLaunchCommand.inFolder(folder));
    ApiSetup apiSetup = new ApiSetup(environment.service());
    apiSetup.createCompany(COMPANY);
    createEndpoint(FAILING, "/reset");
    pause(createEndpoint(PAUSED, "/ok/0"));
    createEndpoint(WORKING, "/uncounted");
    createEndpoint(FAILING_AND_PAUSED, "/reset");
    pause(createEndpoint(FAILING_AND_PAUSED, "/ok/0"));
  }

  @AfterEach
  void closeEnvironment() {
    environment.close();
  }

  private String createEndpoint(String type, String path) {
    return new ApiSetup(environment.service())
        .createEndpoint(COMPANY, type, environment.receiver().url(path));
  }

  private void pause(String endpoint) {
    var _ =
        environment
            .service()
            .client()
            .patch("/companies/" + COMPANY + "/endpoints/" + endpoint, "{\"paused\":true}")
            .expect(200);
  }

  /// Publishes one event and returns its number.
  private int publish(String type) {
    int number = environment.markers().reserve(1);
    PublishTarget target = new ApiSetup(environment.service()).newTarget(COMPANY, type);
    String body =
        target
            .body()
            .replace("{{ID}}", environment.markers().markerText(number))
            .replace("{{TS}}", "2026-02-13T06:42:24.705000Z");
    var _ = environment.service().client().publish(body).expect(202);
    return number;
  }

  private MissingDeliveries lookUp(int number, int missing) {
    return lookUp(Map.of(number, missing));
  }

  private MissingDeliveries lookUp(Map<Integer, Integer> missing) {
    return MissingDeliveries.lookUp(
        environment.postgres(), environment.markers(), new TreeMap<>(missing));
  }

  private void awaitNonZero(String countSql) {
    Await.until(countSql, () -> environment.postgres().queryNumber(countSql) > 0);
  }

  @Test
  void missing_deliveries_are_counted_as_open_ended_or_lost() {
    int open = publish(FAILING);
    int skipped = publish(PAUSED);
    int delivered = publish(WORKING);
    int openAndSkipped = publish(FAILING_AND_PAUSED);
    int withoutDelivery = publish(UNSUBSCRIBED);
    int unpublished = environment.markers().reserve(1);
    awaitNonZero("select count(*) from open_delivery where attempt_count > 0");
    awaitNonZero("select count(*) from delivery where status = 'delivered'");

    assertThat(lookUp(open, 1)).isEqualTo(new MissingDeliveries(1, 0, 0));
    assertThat(lookUp(skipped, 1)).isEqualTo(new MissingDeliveries(0, 1, 0));
    assertThat(lookUp(openAndSkipped, 2)).isEqualTo(new MissingDeliveries(1, 1, 0));
    assertThat(lookUp(delivered, 1))
        .as("recorded as delivered")
        .isEqualTo(new MissingDeliveries(0, 0, 1));
    assertThat(lookUp(withoutDelivery, 1))
        .as("without a delivery")
        .isEqualTo(new MissingDeliveries(0, 0, 1));
    assertThat(lookUp(unpublished, 1))
        .as("never published")
        .isEqualTo(new MissingDeliveries(0, 0, 1));
    assertThat(lookUp(open, 3)).as("more than recorded").isEqualTo(new MissingDeliveries(1, 0, 2));
    assertThat(lookUp(Map.of(open, 1, skipped, 1, openAndSkipped, 1, delivered, 1, unpublished, 1)))
        .isEqualTo(new MissingDeliveries(2, 1, 2));
    assertThat(lookUp(Map.of())).isEqualTo(new MissingDeliveries(0, 0, 0));
    assertThat(
            MissingDeliveries.lookUp(
                environment.postgres(),
                new EventMarkers(
                    new EventMarkers(0).markerText(0).equals(environment.markers().markerText(0))
                        ? 1
                        : 0),
                new TreeMap<>(Map.of(open, 1))))
        .as("of another run")
        .isEqualTo(new MissingDeliveries(0, 0, 1));
  }
}
