package com.poolbrain.webhooks.management;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.ManagementException.NotPermitted;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationTest {

  private static final Principal READER = new Principal("1", "r", Set.of(Scope.READ), null);
  private static final Principal MANAGER = new Principal("2", "m", Set.of(Scope.MANAGE), 40L);
  private static final Principal OPERATOR = new Principal("3", "o", Set.of(Scope.OPERATOR), null);

  @Test
  void manage_includes_read_and_operator_includes_all_scopes() {
    assertThatNoException().isThrownBy(() -> Operation.READ_ENDPOINTS.require(MANAGER, 40));
    assertThatNoException().isThrownBy(() -> Operation.PUBLISH_EVENTS.require(OPERATOR));
    assertThatNoException().isThrownBy(() -> Operation.REVEAL_SECRET.require(OPERATOR, 40));
  }

  @Test
  void missing_scope_is_not_permitted_and_named() {
    assertThatThrownBy(() -> Operation.REVEAL_SECRET.require(READER, 40))
        .isInstanceOf(NotPermitted.class)
        .hasMessage("This needs an API key with the scope 'manage'; this key has: read.");
    assertThatThrownBy(() -> Operation.PUBLISH_EVENTS.require(MANAGER))
        .isInstanceOf(NotPermitted.class);
  }

  @Test
  void foreign_company_is_not_found() {
    assertThatThrownBy(() -> Operation.CHANGE_COMPANY.require(MANAGER, 41))
        .isInstanceOf(NotFound.class)
        .hasMessage("There is no company 41.");
  }

  @Test
  void bound_key_is_not_permitted_what_concerns_all_companies() {
    var bound = new Principal("4", "b", Set.of(Scope.OPERATOR), 40L);
    assertThatThrownBy(() -> Operation.MANAGE_KEYS.require(bound))
        .isInstanceOf(NotPermitted.class)
        .hasMessageContaining("bound to company 40");
    assertThatNoException().isThrownBy(() -> Operation.LIST_COMPANIES.require(bound));
  }

  @Test
  void operation_on_one_company_requires_its_id() {
    assertThatThrownBy(() -> Operation.READ_COMPANY.require(OPERATOR))
        .isInstanceOf(IllegalStateException.class);
  }
}
