package com.poolbrain.webhooks.bench.baseline;

import com.poolbrain.webhooks.bench.report.MachineBaseline;
import com.poolbrain.webhooks.bench.scenario.Progress;
import com.poolbrain.webhooks.bench.scenario.RunOptions;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import java.io.IOException;
import java.sql.SQLException;

/// Measures the limits of this machine. Each step runs in this process, so that its CPU is that of
/// both ends together; PostgreSQL's comes on top.
public final class BaselineRunner {

  private BaselineRunner() {}

  /// Measures each step alone, in a house whose service has nothing to do.
  public static MachineBaseline measure(
      BenchEnvironment benchEnvironment, RunOptions runOptions, Progress progress)
      throws IOException, InterruptedException, SQLException {
    MeasurementPeriod measurementPeriod =
        new MeasurementPeriod(runOptions.quick() ? 1 : 10, runOptions.quick() ? 1 : 5);
    progress.announce("limits: publishing alone");
    double publishMicros = new PublishBaseline(benchEnvironment, measurementPeriod).measureMicros();
    progress.announce("limits: HTTPS posts alone");
    double postMicros = new PostBaseline(benchEnvironment, measurementPeriod).measureMicros();
    progress.announce("limits: storage alone");
    StorageBaseline storageBaseline = new StorageBaseline(benchEnvironment, measurementPeriod);
    double cycleMicros = storageBaseline.measureMicros(100);
    double cycleOf1000Micros = storageBaseline.measureMicros(1_000);
    progress.announce("limits: the disk");
    double syncsPerSecond =
        new DiskBaseline(benchEnvironment.folder(), measurementPeriod).syncsPerSecond();
    progress.finish();
    return new MachineBaseline(
        publishMicros, postMicros, cycleMicros, cycleOf1000Micros, syncsPerSecond);
  }
}
