package com.poolbrain.webhooks.bench.limits;

import com.poolbrain.webhooks.bench.report.Limits;
import com.poolbrain.webhooks.bench.scenario.Pace;
import com.poolbrain.webhooks.bench.scenario.Progress;
import com.poolbrain.webhooks.bench.service.House;
import java.io.IOException;
import java.sql.SQLException;

/// Measures the limits of this machine. Each step runs in this process, so that its CPU is that of
/// both ends together; PostgreSQL's comes on top.
public final class MachineLimits {

  private MachineLimits() {}

  /// Measures each step alone, in a house whose service has nothing to do.
  public static Limits measure(House house, Pace pace, Progress progress)
      throws IOException, InterruptedException, SQLException {
    Spell spell = new Spell(pace.quick() ? 1 : 10, pace.quick() ? 1 : 5);
    progress.doing("limits: publishing alone");
    double publish = new PublishLimit(house, spell).micros();
    progress.doing("limits: HTTPS posts alone");
    double post = new PostLimit(house, spell).micros();
    progress.doing("limits: storage alone");
    StorageLimit storage = new StorageLimit(house, spell);
    double cycle = storage.micros(100);
    double cycleOf1000 = storage.micros(1_000);
    progress.doing("limits: the disk");
    double syncs = new DiskLimit(house.folder(), spell).syncsPerSecond();
    progress.end();
    return new Limits(publish, post, cycle, cycleOf1000, syncs);
  }
}
