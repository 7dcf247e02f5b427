package com.poolbrain.webhooks.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.http.Authorizer.Authentication;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Known;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Pending;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Rejected;
import com.poolbrain.webhooks.http.Credentials;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which keys are looked up while their client guesses keys.
class KeyLookupLimitTest {

  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");

  private final Map<String, Principal> valid = new HashMap<>();
  private boolean storeUnavailable;
  private long seconds;
  private int guesses;

  private final ApiKeyAuthorizer authorizer =
      new ApiKeyAuthorizer(
          _ -> true, this::find, Runnable::run, () -> TimeUnit.SECONDS.toNanos(seconds));

  private @Nullable Principal find(String key) {
    if (storeUnavailable) {
      throw new LedgerException.Unavailable("away", new IllegalStateException());
    }
    return valid.get(key);
  }

  private void create(String key) {
    valid.put(key, new Principal(key, key, Set.of(Scope.READ), null));
  }

  private Authentication begin(String key) {
    return authorizer.authenticate(
        OperationAccess.to(Operation.LIST_COMPANIES),
        new Credentials(_ -> List.of("Bearer " + key), Map.of(), () -> CLIENT));
  }

  /// The status of the response to a request with this key; 200 if it is valid.
  private int send(String key) {
    Authentication begun = begin(key);
    Authentication decided = begun instanceof Pending(var lookUp) ? lookUp.get() : begun;
    return switch (decided) {
      case Known _ -> 200;
      case Rejected(var problem) -> problem.type().status();
      case Pending _ -> throw new AssertionError("not decided");
    };
  }

  private void guessUntilLimited() {
    while (send("guess-" + guesses++) == 401) {
      assertThat(guesses).isLessThan(10_000);
    }
  }

  @Test
  void key_that_was_valid_within_a_minute_is_looked_up_while_its_client_guesses() {
    create("ann");
    send("ann");
    seconds = 59;
    guessUntilLimited();

    assertThat(begin("ann")).isInstanceOf(Pending.class);
    assertThat(send("ann")).isEqualTo(200);
  }

  @Test
  void key_that_was_valid_longer_ago_waits_until_its_client_stops_guessing() {
    create("ann");
    send("ann");
    seconds = 60;
    guessUntilLimited();

    assertThat(send("ann")).isEqualTo(429);
    seconds = 61;
    assertThat(send("ann")).isEqualTo(200);
  }

  @Test
  void revoked_key_is_a_guess() {
    create("ann");
    send("ann");
    valid.clear();
    seconds = 1;
    assertThat(send("ann")).isEqualTo(401);
    guessUntilLimited();

    assertThat(send("ann")).isEqualTo(429);
  }

  @Test
  void first_requests_of_many_valid_keys_of_one_client_are_all_looked_up() {
    for (int i = 0; i < 1_000; i++) {
      create("key-" + i);
      assertThat(send("key-" + i)).isEqualTo(200);
    }
  }

  @Test
  void concurrent_first_requests_of_one_key_count_as_one() {
    create("ann");
    List<Authentication> concurrent = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      concurrent.add(begin("ann"));
    }

    assertThat(concurrent.stream().filter(Pending.class::isInstance).count()).isEqualTo(1_000);
  }

  @Test
  void look_up_that_failed_is_not_counted() {
    storeUnavailable = true;
    for (int i = 0; i < 1_000; i++) {
      Authentication begun = begin("key-" + i);
      assertThat(begun).isInstanceOf(Pending.class);
      assertThatThrownBy(() -> ((Pending) begun).lookUp().get()).hasMessage("away");
    }
  }
}
