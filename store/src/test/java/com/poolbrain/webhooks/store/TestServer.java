package com.poolbrain.webhooks.store;

/// The databases that everything in the store is tested on: the embedded one, and the oldest that
/// is supported.
///
/// ```java
/// @ParameterizedClass
/// @EnumSource(TestServer.class)
/// class SomethingTest {
///   private final TestServer server;
///   …
///   @Test
///   void remembers() {
///     try (TestDatabase fresh = server.fresh(); Database database = fresh.open()) { … }
///   }
/// }
/// ```
public enum TestServer {
  EMBEDDED_18,
  OLDEST_15;

  /// A new database with the schema and nothing else in it.
  public TestDatabase createDatabase() {
    return RunningTestServer.getOrStart(this).createDatabase();
  }
}
