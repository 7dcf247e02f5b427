package com.poolbrain.webhooks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {

  private static final List<String> KNOWN = List.of("company_id", "event", "timestamp", "data");

  @ParameterizedTest
  @CsvSource({
    "companyid, company_id",
    "Company_ID, company_id",
    "evnet, event",
    "even, event",
    "time_stamp, timestamp",
    "dat, data"
  })
  void misspelled_word_is_matched_to_the_known_word(String word, String meant) {
    assertThat(NearestWord.find(word, KNOWN)).isEqualTo(meant);
  }

  @Test
  void word_unlike_any_known_word_has_no_suggestion() {
    assertThat(NearestWord.find("idempotent", KNOWN)).isNull();
    assertThat(NearestWord.find("x".repeat(1_000_000), KNOWN)).isNull();
    assertThat(NearestWord.hint("zzzzzz", KNOWN)).isEmpty();
    assertThat(NearestWord.hint("evnet", KNOWN)).isEqualTo(" Did you mean 'event'?");
  }
}
