package com.poolbrain.webhooks.simulation.scheduler;

import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;

/// Virtual threads with a scheduler of our own. The JDK supports one without an API for it, so its
/// constructor is called by reflection.
final class VirtualThreads {

  private static final Constructor<?> BUILDER_CONSTRUCTOR = builderConstructor();

  private VirtualThreads() {}

  /// A virtual thread, not started.
  ///
  /// @param stepExecutor receives each step of the thread and runs it on a platform thread
  static Thread unstarted(Executor stepExecutor, String name, Runnable task) {
    try {
      Thread.Builder builder = (Thread.Builder) BUILDER_CONSTRUCTOR.newInstance(stepExecutor);
      return builder.name(name).unstarted(task);
    } catch (ReflectiveOperationException exception) {
      throw new IllegalStateException(exception);
    }
  }

  private static Constructor<?> builderConstructor() {
    try {
      Constructor<?> constructor =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      constructor.setAccessible(true);
      return constructor;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "Cannot replace the scheduler of virtual threads: run a simulation on JDK 25 with"
              + " --add-opens java.base/java.lang=ALL-UNNAMED",
          e);
    }
  }
}
