package com.poolbrain.webhooks.engine.erasure;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomerContentTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{`customerId`:7,`displayName`:`Ann`}; null",
        "{`customerId`:`7`}; null",
        "[{`customerId`:7},{`customerId`:8}]; [null,{`customerId`:8}]",
        "[null,{`customerId`:7}]; [null,null]",
        "[{`a`:`\\u00e9`},{`customerId`:7},{`b`:1.10}]; [{`a`:`\\u00e9`},null,{`b`:1.10}]"
      })
  void item_of_the_customer_becomes_null_and_other_bytes_stay(String data, String erased) {
    CustomerContent.Erased content =
        requireNonNull(CustomerContent.erase(data.replace('`', '"').getBytes(US_ASCII), "7"));
    assertThat(new String(content.data(), US_ASCII)).isEqualTo(erased.replace('`', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{`customerId`:70}",
        "{`customerId`:-7}",
        "{`jobId`:7}",
        "{`displayName`:`customerId`}",
        "{`displayName`:`\\`customerId\\`:7`}",
        "{`customerId`:null}",
        "null"
      })
  void other_content_is_not_concerned(String data) {
    byte[] json = data.replace('`', '"').getBytes(US_ASCII);
    assertThat(CustomerContent.erase(json, "7")).isNull();
    assertThat(CustomerContent.isIn(json, "null")).isFalse();
  }

  @Test
  void only_values_that_no_other_item_has_lose_their_search_entries() {
    byte[] data =
        "[{\"customerId\":7,\"jobId\":1},{\"customerId\":8,\"jobId\":1}]".getBytes(US_ASCII);
    assertThat(requireNonNull(CustomerContent.erase(data, "7")).removedValues())
        .containsExactly("7");
  }
}
