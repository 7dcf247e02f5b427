package com.poolbrain.webhooks.management.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.management.notice.UnsubscribeLinks.Target;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeLinksTest {

  private static final String ADDRESS = "büro+pool@clearwater.example";
  private static final UUID ENDPOINT = UUID.fromString("0198a1b2-0000-7000-8000-000000000001");
  private static final URI URL = URI.create("https://hooks.example/pools");

  private final UnsubscribeLinks links = new UnsubscribeLinks(URL, List.of(key(1)));

  private static SecretKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return new SecretKeySpec(bytes, "HmacSHA256");
  }

  private static String token(URI link) {
    String text = link.toString();
    return text.substring(text.lastIndexOf('/') + 1);
  }

  @Test
  void link_is_below_the_public_url_and_says_address_and_endpoint() {
    URI ofOne = links.link("office@clearwater.example", ENDPOINT);
    assertThat(ofOne.toString()).startsWith("https://hooks.example/pools/unsubscribe/");
    assertThat(links.read(token(ofOne)))
        .isEqualTo(new Target("office@clearwater.example", ENDPOINT));
    assertThat(links.read(token(links.link("office@clearwater.example", null))))
        .isEqualTo(new Target("office@clearwater.example", null));
  }

  @Test
  void every_change_of_a_link_makes_it_invalid() {
    byte[] token =
        Base64.getUrlDecoder().decode(token(links.link("office@clearwater.example", ENDPOINT)));
    for (int i = 0; i < token.length; i++) {
      byte[] changed = token.clone();
      changed[i] ^= 1;
      assertThat(links.read(Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
          .as("byte %d", i)
          .isNull();
      assertThat(
              links.read(
                  Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(token, i))))
          .as("cut after %d bytes", i)
          .isNull();
    }
  }

  @Test
  void link_is_valid_as_long_as_its_key_is_configured() {
    String token = token(links.link("office@clearwater.example", ENDPOINT));
    assertThat(new UnsubscribeLinks(URL, List.of(key(2), key(1))).read(token)).isNotNull();
    assertThat(new UnsubscribeLinks(URL, List.of(key(2))).read(token)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "%", "====", "AAAA", "ÄÖ", "..", "a b"})
  void text_that_is_no_token_is_no_link(String token) {
    assertThat(links.read(token)).isNull();
    assertThat(links.read(token.repeat(5_000))).isNull();
  }

  @Test
  void target_shows_no_address_in_a_log() {
    assertThat(new Target(ADDRESS, ENDPOINT).toString())
        .doesNotContain("clearwater")
        .contains(ENDPOINT.toString());
    assertThat(
            new String(
                Base64.getUrlDecoder().decode(token(links.link("a@b.example", null))), UTF_8))
        .endsWith(" a@b.example");
  }
}
