package com.poolbrain.webhooks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.bench.load.Marks;
import com.poolbrain.webhooks.bench.load.Target;
import com.poolbrain.webhooks.bench.service.House;
import com.poolbrain.webhooks.bench.service.Setup;
import com.poolbrain.webhooks.bench.service.Whereabouts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What did not arrive is found in the database of the real service, under what became of it.
@Timeout(600)
class WhereaboutsTest {

  private static final long COMPANY = 40;
  private static final String FAILS = "customer.created";
  private static final String PAUSED = "job.one_time.created";
  private static final String UNCOUNTED = "job.one_time.deleted";
  private static final String BOTH = "customer.status.updated";
  private static final String NOBODYS = "technician.route.changed";

  @TempDir private Path folder;
  private House house;

  @BeforeEach
  void subscribe() throws Exception {
    house = new House(Served.in(folder));
    Setup setup = new Setup(house.service());
    setup.company(COMPANY);
    endpoint(FAILS, "/reset");
    pause(endpoint(PAUSED, "/ok/0"));
    endpoint(UNCOUNTED, "/uncounted");
    endpoint(BOTH, "/reset");
    pause(endpoint(BOTH, "/ok/0"));
  }

  @AfterEach
  void end() throws IOException {
    house.close();
  }

  private String endpoint(String type, String path) throws Exception {
    return new Setup(house.service())
        .endpoint(COMPANY, type, house.receiver().url("localhost", path));
  }

  private void pause(String endpoint) throws Exception {
    new Setup(house.service()).pause(COMPANY, endpoint, true);
  }

  /// Publishes one event, and says its number.
  private int publish(String type) throws Exception {
    int number = house.marks().numbers(1);
    Target target = new Setup(house.service()).target(COMPANY, type);
    var _ =
        house
            .service()
            .call(
                "POST",
                "/api/v1/events",
                target
                    .body()
                    .replace("{{ID}}", house.marks().text(number))
                    .replace("{{TS}}", "2026-02-13T06:42:24.705000Z"));
    return number;
  }

  private Whereabouts of(int number, int missing) throws SQLException {
    return of(Map.of(number, missing));
  }

  private Whereabouts of(Map<Integer, Integer> missing) throws SQLException {
    return Whereabouts.of(house.postgres(), house.marks(), new TreeMap<>(missing));
  }

  private void await(String count) throws SQLException, InterruptedException {
    while (house.postgres().number(count) == 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void eachKindIsCounted() throws Exception {
    int late = publish(FAILS);
    int ended = publish(PAUSED);
    int delivered = publish(UNCOUNTED);
    int lateAndEnded = publish(BOTH);
    int nobodys = publish(NOBODYS);
    int unpublished = house.marks().numbers(1);
    await("select count(*) from due where attempts > 0");
    await("select count(*) from delivery where status = 'delivered'");

    assertThat(of(late, 1)).isEqualTo(new Whereabouts(1, 0, 0));
    assertThat(of(ended, 1)).isEqualTo(new Whereabouts(0, 1, 0));
    assertThat(of(lateAndEnded, 2)).isEqualTo(new Whereabouts(1, 1, 0));
    assertThat(of(delivered, 1)).as("said to be delivered").isEqualTo(new Whereabouts(0, 0, 1));
    assertThat(of(nobodys, 1)).as("without a delivery").isEqualTo(new Whereabouts(0, 0, 1));
    assertThat(of(unpublished, 1)).as("not on record").isEqualTo(new Whereabouts(0, 0, 1));
    assertThat(of(late, 3)).as("more than there are").isEqualTo(new Whereabouts(1, 0, 2));
    assertThat(of(Map.of(late, 1, ended, 1, lateAndEnded, 1, delivered, 1, unpublished, 1)))
        .isEqualTo(new Whereabouts(2, 1, 2));
    assertThat(of(Map.of())).isEqualTo(new Whereabouts(0, 0, 0));
    assertThat(
            Whereabouts.of(
                house.postgres(),
                new Marks(new Marks(0).text(0).equals(house.marks().text(0)) ? 1 : 0),
                new TreeMap<>(Map.of(late, 1))))
        .as("of another run")
        .isEqualTo(new Whereabouts(0, 0, 1));
  }
}
