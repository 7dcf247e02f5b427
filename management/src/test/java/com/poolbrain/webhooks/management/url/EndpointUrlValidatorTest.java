package com.poolbrain.webhooks.management.url;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.address.AddressGuard;
import com.poolbrain.webhooks.domain.address.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which URLs are accepted for endpoints, and what is said about others.
class EndpointUrlValidatorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://consumer.example",
        "HTTPS://Consumer.Example:8443/a?b=%20c&d=[1]",
        "https://under_score.test/x",
        "https://_a.b_c.example/",
        "https://consumer.example./",
        "https://consumer.example:/",
        "https://xn--bcher-kva.example/%C3%A4",
        "https://8.8.8.8/",
        "https://[2600::1]:8443/",
        "https://[::ffff:8.8.8.8]/",
        "https://consumer.example/@me;a=b,c!$'()*+:~",
      })
  void url_that_can_be_delivered_to_is_accepted(String url) {
    assertThat(findError(url)).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        " https://consumer.example/|blank at character 1",
        "https://consumer.example/ |blank at character 26; remove it",
        "https://consumer.example/a b|write %20",
        "https://consumer.example/\t|white space (U+0009) at character 26",
        "https://consumer.example/\u200b|invisible character (U+200B) at character 26",
        "\ufeffhttps://consumer.example/|invisible character (U+FEFF) at character 1",
        "https://consumer.example/\u00e4|not ASCII; percent-encode it as %C3%A4",
        "https://b\u00fccher.example/|xn--",
        "https://consumer.example/%zz|write a percent sign as %25",
        "https://consumer.example/100%|% at character 29",
        "https://consumer.example/{id}|Has { at character 26, which a URL can't have; percent-encode it as %7B",
        "https://consumer.example/a[1]|at character 27; percent-encode",
        "ftp://consumer.example/|Must begin with https://.",
        "consumer.example/hooks|Must begin with https://.",
        "http://consumer.example/|plain HTTP is not allowed",
        "https:consumer.example|Has no host after https://",
        "https:/consumer.example|Has no host after https://",
        "https://|Has no host",
        "https:///hooks|Has no host",
        "https://:8443/|Has no host name",
        "https://./|Has no host name",
        "https://me:word@consumer.example/|user name",
        "https://me@under_score.test/|user name",
        "https://consumer.example/#top|fragment",
        "https://consumer.example:0/|port after the host must be a number from 1 to 65535",
        "https://consumer.example:65536/|port after the host",
        "https://consumer.example:99999999999/|port after the host",
        "https://consumer.example:80a/|port after the host",
        "https://under_score.test:port/|port after the host",
        "https://2600::1/|write an IPv6 address in brackets",
        "https://exa%6dple.com/|letters, digits, hyphens, underscores and dots only",
        "https://a+b.example/|letters, digits, hyphens, underscores and dots only",
        "https://a..example/|a dot too many",
        "https://.example/|a dot too many",
        "https://127.1/|ends in a number",
        "https://[::ffff:0177.0.0.1]/|not an IPv6 address",
        "https://[fe80::1%25eth0]/|not an IPv6 address",
        "https://[127.0.0.1]/|not an IPv6 address",
        "https://[fe80::1]/|Nothing is ever sent to the address fe80::1, which is link-local; use",
      })
  void url_that_can_never_be_delivered_to_is_refused_with_advice(String url, String expected) {
    assertThat(findError(url)).contains(expected);
  }

  @Test
  void labels_and_names_longer_than_dns_allows_are_refused() {
    assertThat(findError("https://" + "a".repeat(63) + ".test/")).isNull();
    assertThat(findError("https://" + "a".repeat(64) + ".test/")).contains("more than 63");
    assertThat(findError("https://" + "a.".repeat(126) + "a/")).isNull();
    assertThat(findError("https://" + "a.".repeat(126) + "aa/")).contains("more than 253");
  }

  @Test
  void url_has_at_most_2048_characters() {
    String url = "https://consumer.example/" + "a".repeat(2023);

    assertThat(findError(url)).isNull();
    assertThat(findError(url + "a")).isEqualTo("Must have at most 2048 characters.");
  }

  @Test
  void plain_http_is_for_loopback_only() {
    var guard = new AddressGuard(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1")), List.of());
    var validator = new EndpointUrlValidator(guard, true);

    for (String host :
        List.of("localhost", "LOCALHOST:80", "127.0.0.1", "127.9.9.9", "[::1]:8080")) {
      assertThat(validator.findError("http://" + host + "/x")).as(host).isNull();
    }
    for (String host : List.of("127.0.0.1.example", "127.1", "8.8.8.8", "local_host", "[::2]")) {
      assertThat(validator.findError("http://" + host + "/x")).as(host).contains("localhost only");
    }
  }

  private static @Nullable String findError(String url) {
    return new EndpointUrlValidator(new AddressGuard(List.of(), List.of()), false).findError(url);
  }
}
