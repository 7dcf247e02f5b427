package com.poolbrain.webhooks.e2e.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.poolbrain.webhooks.consumer.WebhookVerifier;
import com.poolbrain.webhooks.signature.Verifier;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the libraries of consumers promise about their code.
class LibraryRulesTest {

  private static final String[] LIBRARIES = {
    "com.poolbrain.webhooks.signature..",
    "com.poolbrain.webhooks.events..",
    "com.poolbrain.webhooks.consumer.."
  };

  /// GraalVM has to be told what is found by its name at run time.
  @Test
  void nothing_is_found_by_its_name_but_resources_of_events() {
    noClasses()
        .that()
        .resideInAnyPackage(LIBRARIES)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.lang.reflect..")
                .or(
                    describe(
                        "find something by its name",
                        type ->
                            Set.of(
                                    "java.util.ServiceLoader",
                                    "java.util.ResourceBundle",
                                    "java.lang.invoke.MethodHandles$Lookup",
                                    "java.io.ObjectInputStream")
                                .contains(type.getName()))))
        .orShould()
        .callCodeUnitWhere(
            calls(
                Map.of(
                    "java.lang.Class",
                    Set.of("forName", "newInstance", "getMethod", "getDeclaredMethod"),
                    "java.lang.ClassLoader",
                    Set.of("loadClass", "getResource", "getResourceAsStream"))))
        .check(ArchitectureTest.CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(LIBRARIES)
        .and()
        .doNotHaveFullyQualifiedName("com.poolbrain.webhooks.events.BuiltInTypes")
        .should()
        .callCodeUnitWhere(
            calls(Map.of("java.lang.Class", Set.of("getResource", "getResourceAsStream"))))
        .because("META-INF/native-image of the module events lists its resources")
        .check(ArchitectureTest.CLASSES);
  }

  /// Other comparisons end at the first difference, so their time tells where it is.
  @Test
  void signatures_are_compared_in_constant_time() {
    classes()
        .that()
        .haveFullyQualifiedName(Verifier.class.getName())
        .or()
        .haveFullyQualifiedName(WebhookVerifier.class.getPackageName() + ".SignatureCandidates")
        .should()
        .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
        .check(ArchitectureTest.CLASSES);
    noClasses()
        .that()
        .haveFullyQualifiedName(Verifier.class.getName())
        .or()
        .haveFullyQualifiedName(WebhookVerifier.class.getName())
        .or()
        .haveFullyQualifiedName(WebhookVerifier.class.getPackageName() + ".SignatureCandidates")
        .should()
        .callCodeUnitWhere(
            calls(
                Map.of(
                    String.class.getName(),
                    Set.of("equals", "equalsIgnoreCase", "compareTo", "contentEquals"),
                    Arrays.class.getName(),
                    Set.of("equals", "compare", "mismatch"),
                    "java.util.Objects",
                    Set.of("equals"),
                    "java.util.List",
                    Set.of("contains"))))
        .check(ArchitectureTest.CLASSES);
  }

  private static DescribedPredicate<JavaCall<?>> calls(Map<String, Set<String>> methods) {
    return describe(
        "are one of " + methods,
        call ->
            methods
                .getOrDefault(call.getTargetOwner().getName(), Set.of())
                .contains(call.getTarget().getName()));
  }
}
