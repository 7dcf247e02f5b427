package com.poolbrain.webhooks.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

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
  void aSlipIsRecognised(String word, String meant) {
    assertThat(Nearest.to(word, KNOWN)).isEqualTo(meant);
  }

  @Test
  void whatIsFarFromEverythingIsNot() {
    assertThat(Nearest.to("idempotent", KNOWN)).isNull();
    assertThat(Nearest.to("x".repeat(1_000_000), KNOWN)).isNull();
    assertThat(Nearest.hint("zzzzzz", KNOWN)).isEmpty();
    assertThat(Nearest.hint("evnet", KNOWN)).isEqualTo(" Did you mean 'event'?");
  }
}
