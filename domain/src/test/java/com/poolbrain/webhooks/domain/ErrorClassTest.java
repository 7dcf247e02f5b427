package com.poolbrain.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorClassTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "101, INVALID_RESPONSE",
    "301, REDIRECT",
    "400, CLIENT_ERROR",
    "401, UNAUTHORIZED",
    "403, UNAUTHORIZED",
    "404, CLIENT_ERROR",
    "410, GONE",
    "413, PAYLOAD_TOO_LARGE",
    "429, RATE_LIMITED",
    "500, SERVER_ERROR",
    "599, SERVER_ERROR",
    "600, INVALID_RESPONSE",
    "999, INVALID_RESPONSE"
  })
  void http_status_is_mapped_to_its_error_class(int status, ErrorClass expected) {
    assertThat(ErrorClass.fromStatusCode(status)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(ErrorClass.class)
  void only_failures_of_the_proxy_say_nothing_about_the_endpoint(ErrorClass error) {
    assertThat(error.isCausedByEndpoint()).isEqualTo(error != ErrorClass.PROXY);
    assertThat(new Outcome.Failed(error).isCausedByEndpoint())
        .isEqualTo(error.isCausedByEndpoint());
  }
}
