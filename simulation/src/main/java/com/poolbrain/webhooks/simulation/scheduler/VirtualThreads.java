package com.poolbrain.webhooks.simulation.scheduler;

import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;

/// Virtual threads whose steps run where an executor of ours puts them. The JDK can do that and
/// does not show it, so this reaches for its constructor.
final class VirtualThreads {

  private static final Constructor<?> BUILDER_CONSTRUCTOR = builderConstructor();

  private VirtualThreads() {}

  /// A thread that is not started yet.
  ///
  /// @param stepExecutor gets each step of the thread, to be run on a platform thread
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
          "A simulation needs JDK 25, started with --add-opens java.base/java.lang=ALL-UNNAMED", e);
    }
  }
}
