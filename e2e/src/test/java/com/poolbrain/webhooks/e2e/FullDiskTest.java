package com.poolbrain.webhooks.e2e;

import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.e2e.house.SmallDisk;
import com.poolbrain.webhooks.e2e.house.Traffic;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.embedded.DebianPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// The disk of the database is full.
class FullDiskTest {

  private static final int MEGABYTES = 140;
  private static final int EVENTS = 600;
  private static final int MIDDLE = 100;
  private static final int ENOUGH_REFUSALS = 16;

  private final Path folder = TestFolders.fresh();

  @AfterEach
  void tidyUp() {
    TestFolders.delete(folder);
  }

  @Test
  void whileItIsFullPublishersGet503AndOnceThereIsRoomNothingIsLost(TestReporter report)
      throws Exception {
    try (SmallDisk disk = SmallDisk.on(folder, MEGABYTES);
        DebianPostgres postgres =
            DebianPostgres.start(folder, "max_wal_size=32MB", "min_wal_size=32MB");
        House house = House.open(Setup.on(postgres.settings()).fewInFlight());
        Traffic traffic = Traffic.through(house)) {
      traffic.publish(EVENTS);
      traffic.awaitArrivals(MIDDLE);
      traffic.awaitRefusals(ENOUGH_REFUSALS, disk::fill);
      disk.makeRoom();
      Patience.until(
          "everything is accepted", () -> leftWithWhoRuns(postgres, traffic), left -> left == 0);

      traffic.assertThatNothingIsLost(Setup.UNRECORDED, report);
      traffic.assertThatAllIsOnRecord(house.api());
    }
  }

  /// Without room for its log PostgreSQL gives up, be it a moment after there is room again, and
  /// whoever runs it starts it again.
  private static int leftWithWhoRuns(DebianPostgres postgres, Traffic traffic) {
    try {
      if (postgres.ended()) {
        postgres.startAgain();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return traffic.publishers().left();
  }
}
