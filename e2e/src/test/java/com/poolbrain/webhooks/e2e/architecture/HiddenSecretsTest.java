package com.poolbrain.webhooks.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The text of a record, which a log or an exception may contain, has no secret and no token.
class HiddenSecretsTest {

  private static final String HIDDEN = "hidden-5Kx8wN";

  /// Names of components that hold a secret, a password or a key.
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(secret|password|plaintext|token|keys?)|active|next|previous|body");

  /// Path and query of the URL of an endpoint may have tokens.
  private static final String ENDPOINT_URL = "https://example.com/" + HIDDEN + "?" + HIDDEN;

  /// Keys that open nothing: a publisher chooses them for repeats.
  private static final List<String> OTHER_KEYS = List.of("IdempotencyKey");

  /// Its modules only make tests and measurements.
  private static final Pattern NOT_IN_PRODUCT =
      Pattern.compile(".*\\.webhooks\\.(testkit|bench)\\..*");

  private static final int MIN_RECORDS = 10;

  /// Others may need libraries of the build, which are not there.
  private static final DescribedPredicate<JavaClass> ARE_RECORDS =
      DescribedPredicate.describe("are records", JavaClass::isRecord);

  @Test
  void text_of_a_record_has_no_secret_and_no_path_of_a_url() throws Exception {
    List<String> checked = new ArrayList<>();
    List<String> leaking = new ArrayList<>();
    for (JavaClass imported : ArchitectureTest.CLASSES.that(ARE_RECORDS)) {
      Class<?> type = Class.forName(imported.getName(), false, getClass().getClassLoader());
      if (isOfProduct(type) && hidesSomething(type)) {
        checked.add(type.getName());
        if (create(type).toString().contains(HIDDEN)) {
          leaking.add(type.getName());
        }
      }
    }

    assertThat(checked).hasSizeGreaterThanOrEqualTo(MIN_RECORDS);
    assertThat(leaking).isEmpty();
  }

  private static boolean isOfProduct(Class<?> type) {
    return !NOT_IN_PRODUCT.matcher(type.getName()).matches()
        && !OTHER_KEYS.contains(type.getSimpleName());
  }

  private static boolean hidesSomething(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .anyMatch(component -> isSecret(component) || isEndpointUrl(component));
  }

  private static boolean isSecret(RecordComponent component) {
    return (component.getType() == String.class || component.getType() == List.class)
        && SECRET.matcher(component.getName()).matches();
  }

  private static boolean isEndpointUrl(RecordComponent component) {
    return (component.getType() == URI.class || component.getType() == String.class)
        && component.getName().equals("url");
  }

  private static Object create(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = sample(components[i]);
    }
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private static @Nullable Object sample(RecordComponent component) {
    boolean isSecret = isSecret(component);
    Class<?> type = component.getType();
    if (isEndpointUrl(component)) {
      return type == String.class ? ENDPOINT_URL : URI.create(ENDPOINT_URL);
    }
    if (type == String.class) {
      return isSecret ? HIDDEN : "text";
    }
    if (type == List.class) {
      return isSecret ? List.of(HIDDEN) : List.of();
    }
    return switch (type.getName()) {
      case "int" -> 1;
      case "long" -> 1L;
      case "double" -> 1.0;
      case "boolean" -> true;
      case "[B" -> new byte[0];
      case "java.net.URI" -> URI.create("https://example.com/");
      case "java.util.Map" -> Map.of();
      case "java.util.UUID" -> new UUID(1, 2);
      case "java.time.Instant" -> Instant.EPOCH;
      case "java.time.Duration" -> Duration.ofSeconds(1);
      default -> null;
    };
  }
}
