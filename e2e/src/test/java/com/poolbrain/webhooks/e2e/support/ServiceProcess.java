package com.poolbrain.webhooks.e2e.support;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/// The real service as a process of its own, to be killed: `serve`.
public final class ServiceProcess implements AutoCloseable {

  private final com.poolbrain.webhooks.testkit.service.ServiceProcess process;
  private boolean suspended;

  private ServiceProcess(ServiceEnvironment environment) {
    process = com.poolbrain.webhooks.testkit.service.ServiceProcess.start(environment.variables());
  }

  /// One that was started; it need not get ready.
  public static ServiceProcess start(ServiceEnvironment environment) {
    return new ServiceProcess(environment);
  }

  /// Where it listens, as soon as it is ready.
  public URI url() {
    return process.url();
  }

  /// Its API, for an operator, as soon as it is ready.
  public ApiClient api() {
    return new ApiClient(process.url(), ServiceEnvironment.ADMIN_KEY);
  }

  /// Everything it has written, with its log.
  public List<String> output() {
    return process.output();
  }

  /// Waits until it ends, and until all that it wrote was read.
  ///
  /// @return its exit code
  public int exitCode() throws InterruptedException {
    return process.awaitExitCode();
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
  public void suspend() throws IOException, InterruptedException {
    process.sendSignal("STOP");
    suspended = true;
  }

  /// Lets it go on.
  public void resume() throws IOException, InterruptedException {
    process.sendSignal("CONT");
    suspended = false;
  }

  /// Asks it to end, and waits until it has: one that is frozen never would.
  @Override
  public void close() {
    if (suspended) {
      process.kill();
    }
    process.close();
  }
}
