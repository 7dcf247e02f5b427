package com.poolbrain.webhooks.store;

/// The PostgreSQL servers of the tests: the embedded version, and the oldest supported version.
///
/// ```java
/// @ParameterizedClass
/// @EnumSource(TestServer.class)
/// class SomethingTest {
///   private final TestServer server;
///   …
///   @Test
///   void something_is_stored() {
///     try (TestDatabase testDatabase = server.createDatabase();
///         Database database = testDatabase.open()) { … }
///   }
/// }
/// ```
public enum TestServer {
  EMBEDDED_18,
  OLDEST_15;

  /// Creates a database with the schema and no data.
  public TestDatabase createDatabase() {
    return RunningTestServer.getOrStart(this).createDatabase();
  }
}
