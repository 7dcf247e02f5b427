package com.poolbrain.webhooks.e2e.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Module boundaries that `module-info.java` can't express: use of time, randomness, threads, SQL
/// and sockets.
class ArchitectureTest {

  private static final String ROOT = "com.poolbrain.webhooks.";
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("com.poolbrain.webhooks");

  @Test
  void time_randomness_and_ids_come_in_through_constructors() {
    noClasses()
        .that()
        .resideInAnyPackage(packagesOf("domain", "engine", "store", "transport"))
        .should()
        .callCodeUnitWhere(
            calls(
                Map.of(
                    "java.time.Instant", Set.of("now"),
                    "java.time.LocalDate", Set.of("now"),
                    "java.time.OffsetDateTime", Set.of("now"),
                    "java.time.ZonedDateTime", Set.of("now"),
                    "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
                    "java.util.UUID", Set.of("randomUUID"),
                    "java.lang.Thread", Set.of("sleep"),
                    "java.lang.System", Set.of("currentTimeMillis"),
                    "java.lang.Math", Set.of("random"),
                    "java.util.concurrent.ThreadLocalRandom", Set.of("current"))))
        .because("the simulation runs these modules on its own clock and random source")
        .check(CLASSES);
  }

  @Test
  void domain_and_engine_use_no_nondeterministic_threads_or_waits() {
    noClasses()
        .that()
        .resideInAnyPackage(packagesOf("domain", "engine"))
        .should()
        .callCodeUnitWhere(
            calls(
                Map.of(
                    "java.lang.Object",
                    Set.of("wait", "notify", "notifyAll"),
                    "java.lang.System",
                    Set.of("identityHashCode", "nanoTime"),
                    "java.lang.Thread",
                    Set.of("ofVirtual", "ofPlatform", "startVirtualThread", "<init>"),
                    Condition.class.getName(),
                    Set.of("awaitNanos", "awaitUntil"),
                    LockSupport.class.getName(),
                    Set.of("parkNanos", "parkUntil"),
                    Executors.class.getName(),
                    Set.of("newVirtualThreadPerTaskExecutor"),
                    ForkJoinPool.class.getName(),
                    Set.of("commonPool"))))
        .check(CLASSES);
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(packagesOf("domain", "engine"))
        .should()
        .haveModifier(JavaModifier.SYNCHRONIZED)
        .because(
            "the JDK hands over monitors on its own thread, outside of the simulated scheduler")
        .check(CLASSES);
  }

  @Test
  void only_store_and_the_library_of_consumers_use_sql() {
    noClasses()
        .that(are_not_in_modules("store", "consumer"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "org.jdbi.."))
        .check(CLASSES);
  }

  @Test
  void only_transport_opens_outbound_connections() {
    noClasses()
        .that(are_not_in_modules("transport", "store", "cli", "testkit"))
        .should()
        .dependOnClassesThat(
            describe(
                "open connections",
                type ->
                    Set.of(
                            "java.net.Socket",
                            "java.net.http.HttpClient",
                            "java.net.URLConnection",
                            "io.vertx.core.http.HttpClient",
                            "io.vertx.core.net.NetClient")
                        .contains(type.getName())))
        .check(CLASSES);
  }

  @Test
  void host_names_are_resolved_only_by_the_asynchronous_resolver() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packagesOf(
                "domain", "engine", "store", "transport", "management", "http", "api", "server"))
        .should()
        .callCodeUnitWhere(
            calls(Map.of("java.net.InetAddress", Set.of("getByName", "getAllByName"))))
        .because("a hanging look-up would block the carrier threads of all deliveries")
        .check(CLASSES);
  }

  @Test
  void http_depends_on_no_other_module_but_events() {
    noClasses()
        .that()
        .resideInAnyPackage(packagesOf("http"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("com.poolbrain.webhooks..")
                .and(are_not_in_modules("http", "events")))
        .check(CLASSES);
  }

  @Test
  void management_knows_no_http() {
    noClasses()
        .that()
        .resideInAnyPackage(packagesOf("management"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.vertx..", ROOT + "http..", ROOT + "api..", ROOT + "server.."))
        .check(CLASSES);
  }

  @Test
  void configuration_is_changed_by_management_only() {
    noClasses()
        .that(are_not_in_modules("management", "store"))
        .should()
        .callCodeUnitWhere(
            calls(
                Map.of(
                    ROOT + "store.config.Companies", Set.of("put", "setWebhooksEnabled"),
                    ROOT + "store.config.Endpoints",
                        Set.of("create", "update", "delete", "revealSecrets"),
                    ROOT + "store.secret.ApiKeys", Set.of("create", "revoke"))))
        .because("management checks the permission and names the caller for the audit")
        .check(CLASSES);
  }

  private static String[] packagesOf(String... modules) {
    String[] packages = new String[modules.length];
    for (int i = 0; i < modules.length; i++) {
      packages[i] = ROOT + modules[i] + "..";
    }
    return packages;
  }

  private static DescribedPredicate<JavaClass> are_not_in_modules(String... modules) {
    return DescribedPredicate.not(resideInAnyPackage(packagesOf(modules)));
  }

  private static DescribedPredicate<JavaCall<?>> calls(Map<String, Set<String>> forbidden) {
    return describe(
        "are one of " + forbidden,
        call ->
            forbidden
                .getOrDefault(call.getTargetOwner().getName(), Set.of())
                .contains(call.getTarget().getName()));
  }
}
