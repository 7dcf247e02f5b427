package com.poolbrain.webhooks.e2e.house;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/// The real service as a process of its own, to be killed: `serve`.
public final class ServiceProcess implements AutoCloseable {

  private final com.poolbrain.webhooks.bench.crash.ServiceProcess process;
  private boolean frozen;

  private ServiceProcess(Setup setup) {
    process = com.poolbrain.webhooks.bench.crash.ServiceProcess.start(setup.environment());
  }

  /// One that was started; it need not get ready.
  public static ServiceProcess start(Setup setup) {
    return new ServiceProcess(setup);
  }

  /// Where it listens, as soon as it is ready.
  public URI url() {
    return process.url();
  }

  /// Its API, for an operator, as soon as it is ready.
  public Api api() {
    return new Api(process.url(), Setup.ADMIN_KEY);
  }

  /// Everything it has written, with its log.
  public List<String> output() {
    return process.output();
  }

  /// Waits until it ends, and until all that it wrote was read.
  ///
  /// @return its exit code
  public int exitCode() throws InterruptedException {
    return process.exitCode();
  }

  /// Ends it as `kill -9` does.
  public void kill() {
    process.kill();
  }

  /// Asks it to end, as `kill` does.
  public void terminate() {
    process.terminate();
  }

  /// Stops it in the middle of whatever it does, to be thawed.
  public void freeze() throws IOException, InterruptedException {
    process.signal("STOP");
    frozen = true;
  }

  /// Lets it go on.
  public void thaw() throws IOException, InterruptedException {
    process.signal("CONT");
    frozen = false;
  }

  /// Asks it to end, and waits until it has: one that is frozen never would.
  @Override
  public void close() {
    if (frozen) {
      process.kill();
    }
    process.close();
  }
}
