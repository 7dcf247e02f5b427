package com.poolbrain.webhooks.bench.baseline;

import com.poolbrain.webhooks.bench.report.MachineBaseline;
import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.ProcessUsage;
import java.util.function.LongSupplier;

/// Measures the limits of the machine. Client and server of each step run in this process, so its
/// CPU time is that of both. The service is idle.
public final class BaselineRunner {

  private final BenchEnvironment environment;
  private final int warmUpSeconds;
  private final int measuredSeconds;

  /// One step of a delivery.
  interface Step extends AutoCloseable {
    /// Repeats the step for this time.
    ///
    /// @return how often it was done
    long run(int seconds) throws InterruptedException;

    @Override
    void close();
  }

  private BaselineRunner(BenchEnvironment environment, boolean quick) {
    this.environment = environment;
    warmUpSeconds = quick ? 1 : 10;
    measuredSeconds = quick ? 1 : 5;
  }

  /// Measures every step.
  ///
  /// @param quick one second each; the figures mean nothing
  public static MachineBaseline measure(
      BenchEnvironment environment, boolean quick, Progress progress) throws InterruptedException {
    try {
      return new BaselineRunner(environment, quick).measure(progress);
    } finally {
      progress.clear();
    }
  }

  private MachineBaseline measure(Progress progress) throws InterruptedException {
    progress.show("limits: publishes alone");
    double publishMicros = micros(new PublishBaseline(environment), BaselineRunner::cpuMicros);
    progress.show("limits: HTTPS requests alone");
    double postMicros = micros(new PostBaseline(environment), BaselineRunner::cpuMicros);
    progress.show("limits: storage alone");
    double storageMicros =
        micros(new StorageBaseline(environment, 100), this::cpuMicrosWithPostgres);
    double storageOf1000Micros =
        micros(new StorageBaseline(environment, 1_000), this::cpuMicrosWithPostgres);
    progress.show("limits: the disk");
    return new MachineBaseline(
        Runtime.getRuntime().availableProcessors(),
        publishMicros,
        postMicros,
        storageMicros,
        storageOf1000Micros,
        DiskBaseline.syncsPerSecond(environment.folder(), measuredSeconds));
  }

  /// CPU time of one repetition.
  private double micros(Step newStep, LongSupplier cpuMicros) throws InterruptedException {
    try (Step step = newStep) {
      var _ = step.run(warmUpSeconds);
      long cpuBefore = cpuMicros.getAsLong();
      long count = step.run(measuredSeconds);
      return (cpuMicros.getAsLong() - cpuBefore) / (double) count;
    }
  }

  private static long cpuMicros() {
    return ProcessUsage.ofCurrentProcess().cpuMicros();
  }

  private long cpuMicrosWithPostgres() {
    return cpuMicros() + environment.postgres().processUsage().cpuMicros();
  }
}
