package com.poolbrain.webhooks.transport.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reading the URL of an egress proxy.
class EgressProxyUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy:3128",
        "https://proxy:3128",
        "http://proxy",
        "http://proxy:0",
        "http://proxy:70000",
        "http://proxy:x",
        "http://a b:1",
        "http://127.1:3128",
        "http://a@b@proxy:3128"
      })
  void invalid_proxy_url_is_refused_with_an_example(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressProxy.parse(text))
        .withMessage("a proxy is written http://host:port");
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy:3128, proxy",
    "http://egress_proxy:3128, egress_proxy",
    "http://127.0.0.1:3128, 127.0.0.1",
    "http://[::1]:3128, ::1",
  })
  void host_is_a_name_or_an_address(String text, String host) {
    assertThat(EgressProxy.parse(text)).isEqualTo(new EgressProxy(host, 3128, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy", "egress_proxy"})
  void user_and_password_are_decoded(String host) {
    assertThat(EgressProxy.parse("http://po%3Aol:se%40cret@" + host + ":3128"))
        .isEqualTo(new EgressProxy(host, 3128, "po:ol", "se@cret"));
  }

  @Test
  void proxy_password_is_not_in_the_text_form() {
    assertThat(EgressProxy.parse("http://pool:secret@proxy:3128"))
        .hasToString("http://pool:…@proxy:3128");
  }
}
