package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.poolbrain.webhooks.events.InvalidJsonException.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataItemTest {

  @Test
  void fields_hold_java_values_in_the_order_of_the_object() {
    DataItem item =
        DataItem.parse(
            "{\"z\": \"Zo\u00eb\", \"a\": [true, false, null, {\"n\": -7}], \"l\": 9223372036854775807,"
                + " \"b\": 9223372036854775808, \"d\": 1.10, \"o\": {}}");

    assertThat(item.fields())
        .containsExactly(
            Map.entry("z", "Zo\u00eb"),
            Map.entry("a", Arrays.asList(true, false, null, Map.of("n", -7L))),
            Map.entry("l", Long.MAX_VALUE),
            Map.entry("b", new BigInteger("9223372036854775808")),
            Map.entry("d", new BigDecimal("1.10")),
            Map.entry("o", Map.of()));
    assertThat(item.json()).startsWith("{\"z\":\"Zo\\u00eb\",\"a\":[true,").endsWith("\"o\":{}}");
    assertThat(item).isEqualTo(DataItem.parse(item.json())).hasToString(item.json());
  }

  @Test
  void exponent_is_not_expanded() {
    DataItem item = DataItem.parse("{\"n\": 1e999999999}");

    assertThat(item.fields()).containsEntry("n", new BigDecimal("1e999999999"));
    assertThat(item.json()).isEqualTo("{\"n\":1e999999999}");
  }

  @Test
  void getter_rejects_a_missing_field_and_another_type() {
    DataItem item = DataItem.parse("{\"text\": \"x\", \"number\": 1, \"nothing\": null}");

    assertThat(item.getStringOrNull("nothing")).isNull();
    assertThat(item.getStringOrNull("text")).isEqualTo("x");
    for (String field : List.of("number", "missing")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> item.getStringOrNull(field))
          .withMessage(field + " must be a string.");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> item.getString("nothing"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> item.getLong("text"))
        .withMessage("text must be an integer of at most 64 bits.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "[]", "null", "{\"n\": 1e99999999999}"})
  void value_that_is_no_item_is_unexpected(String json) {
    assertThatExceptionOfType(InvalidJsonException.class)
        .isThrownBy(() -> DataItem.parse(json))
        .extracting(InvalidJsonException::reason)
        .isEqualTo(Reason.UNEXPECTED_VALUE);
  }
}
