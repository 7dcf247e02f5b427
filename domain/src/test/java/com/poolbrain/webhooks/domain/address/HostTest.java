package com.poolbrain.webhooks.domain.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.address.Host.Defect;
import java.net.InetAddress;
import java.net.URI;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hosts of URLs: which texts are names, addresses, or neither.
final class HostTest {

  private static final String LONGEST_LABEL = "a".repeat(63);
  private static final String LONGEST_NAME =
      String.join(".", Collections.nCopies(3, LONGEST_LABEL)) + "." + "a".repeat(61);

  @ParameterizedTest
  @CsvSource({
    "api.example.com, api.example.com",
    "API.Example.COM., api.example.com",
    "under_score.test, under_score.test",
    "_dmarc.example, _dmarc.example",
    "localhost, localhost",
    "-a-.example, -a-.example",
    "bücher.example, xn--bcher-kva.example",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "1.example.com, 1.example.com",
    "0x7f.example, 0x7f.example",
  })
  void name_of_letters_digits_hyphens_and_underscores_is_accepted(String text, String name) {
    assertThat(Host.parse(text)).isEqualTo(new Host.Name(name));
  }

  @Test
  void name_has_at_most_63_characters_a_label_and_253_in_all() {
    assertThat(Host.parse(LONGEST_LABEL + ".test"))
        .isEqualTo(new Host.Name(LONGEST_LABEL + ".test"));
    assertThat(defect(LONGEST_LABEL + "a.test")).isEqualTo(Defect.LABEL_TOO_LONG);
    assertThat(Host.parse(LONGEST_NAME + ".")).isEqualTo(new Host.Name(LONGEST_NAME));
    assertThat(defect(LONGEST_NAME + "a")).isEqualTo(Defect.NAME_TOO_LONG);
  }

  @ParameterizedTest
  @CsvSource({
    "'', EMPTY",
    "., EMPTY",
    "a..b, EMPTY_LABEL",
    ".a, EMPTY_LABEL",
    "a.., EMPTY_LABEL",
    "exa%6dple.com, FORBIDDEN_CHARACTER",
    "a+b.example, FORBIDDEN_CHARACTER",
    "a b.example, FORBIDDEN_CHARACTER",
    "a:b, FORBIDDEN_CHARACTER",
    "'a,b', FORBIDDEN_CHARACTER",
  })
  void other_text_is_not_a_host(String text, Defect defect) {
    assertThat(defect(text)).isEqualTo(defect);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "192.0.2.7., 192.0.2.7",
    "[::1], ::1",
    "[2001:DB8:0:0::1], 2001:db8::1",
    "[1:2:3:4:5:6:7:8], 1:2:3:4:5:6:7:8",
    "[1:2:3:4:5:6:7::], 1:2:3:4:5:6:7:0",
    "[::ffff:192.0.2.7], 192.0.2.7",
    "[64:ff9b::192.0.2.7], 64:ff9b::c000:207",
  })
  void address_in_its_usual_notation_is_a_literal(String text, String address) {
    assertThat(Host.parse(text))
        .isInstanceOfSatisfying(
            Host.Literal.class,
            literal -> assertThat(literal.address()).isEqualTo(InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[::ffff:0177.0.0.1]",
        "[::ffff:127.0.0.01]",
        "[::ffff:127.1]",
        "[::ffff:0x7f.0.0.1]",
        "[::ffff:256.0.0.1]",
        "[64:ff9b::010.0.0.1]",
        "[::00001]",
        "[::ffff:00007f00:1]",
        "[2001:0db8:00000:0:0:0:0:1]",
        "[::１]",
        "[fe80::1%eth0]",
        "[fe80::1%25eth0]",
        "[[::1]]",
        "[::1",
        "[]",
        "[:]",
        "[::1::]",
        "[1:2:3:4:5:6:7:8:9]",
        "[127.0.0.1]",
        "[v1.a]",
        "127.1",
        "0x7f.1",
        "0177.0.0.1",
        "2130706433",
        "127.0.0.1.1",
        "256.0.0.1",
        "example.1",
        "１２７.0.0.1",
        "127。0。0。1"
      })
  void odd_spelling_of_an_address_is_ambiguous(String text) {
    assertThat(Host.parse(text)).isEqualTo(new Host.Ambiguous(text));
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/, example.com, 443",
    "https://example.com:/, example.com, 443",
    "https://my_host:8443/, my_host, 8443",
    "https://[::1]:8443/, ::1, 8443",
    "https://[::1]/, ::1, 443",
    "https://example.com:0/, example.com, 0",
    "https://example.com:70000/, example.com, 70000",
    "https://example.com:999999/, example.com, -1",
    "https://example.com:80a/, example.com, -1",
    "https://example.com:-1/, example.com, -1",
    "https://2001:db8::1/, 2001, -1",
  })
  void authority_of_a_url_has_a_host_and_a_port(URI url, String host, int port) {
    UrlAuthority authority = UrlAuthority.of(url);

    assertThat(authority.host().text()).isEqualTo(host);
    assertThat(authority.port(443)).isEqualTo(port);
    assertThat(authority.userInfo()).isNull();
  }

  @Test
  void user_info_is_not_part_of_the_host() {
    UrlAuthority authority = UrlAuthority.of(URI.create("https://me:word@my_host:1/"));

    assertThat(authority).isEqualTo(new UrlAuthority("me:word", new Host.Name("my_host"), "1"));
  }

  private static Defect defect(String text) {
    return ((Host.Invalid) Host.parse(text)).defect();
  }
}
