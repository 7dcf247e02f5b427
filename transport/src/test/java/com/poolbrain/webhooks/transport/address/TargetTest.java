package com.poolbrain.webhooks.transport.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.poolbrain.webhooks.domain.address.Host;
import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "https://example.com, example.com, 443, /, example.com",
    "HTTPS://Example.COM:443/a, example.com, 443, /a, example.com",
    "https://example.com.:8443/a?b=c%20d, example.com, 8443, /a?b=c%20d, example.com:8443",
    "https://example.com?q, example.com, 443, /?q, example.com",
    "http://localhost/x, localhost, 80, /x, localhost",
    "http://localhost:443/x, localhost, 443, /x, localhost:443",
    "https://my_host.example.com:444/, my_host.example.com, 444, /, my_host.example.com:444",
    "https://bücher.example/ä, xn--bcher-kva.example, 443, /%C3%A4, xn--bcher-kva.example",
    "https://1.example.com, 1.example.com, 443, /, 1.example.com",
  })
  void host_names_are_normalized(URI url, String host, int port, String path, String authority) {
    Target target = Target.of(url);

    assertThat(target.host()).isEqualTo(new Host.Name(host));
    assertThat(target.port()).isEqualTo(port);
    assertThat(target.path()).isEqualTo(path);
    assertThat(target.authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @CsvSource({
    "https://192.0.2.7/, 192.0.2.7, 192.0.2.7",
    "https://127.0.0.1:8443/, 127.0.0.1, 127.0.0.1:8443",
    "https://[::1]:8443/, ::1, [::1]:8443",
    "https://[2001:db8::1]/, 2001:db8::1, [2001:db8::1]",
    "https://[::ffff:127.0.0.1]/, ::ffff:127.0.0.1, [::ffff:127.0.0.1]",
  })
  void address_literals_are_recognized(URI url, String address, String authority) {
    Target target = Target.of(url);

    assertThat(target.host()).isEqualTo(new Host.Literal(address, InetAddress.ofLiteral(address)));
    assertThat(target.authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user@my_host/",
        "https://my_host:99999999/",
        "https://my_host:-1/",
        "https://a..b/",
        "https:///path",
        "https:opaque",
      })
  void invalid_host_is_recognized(String url) {
    assertThat(Target.of(URI.create(url)).host()).isInstanceOf(Host.Invalid.class);
  }

  @Test
  void url_with_another_scheme_is_an_illegal_argument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Target.of(URI.create("ftp://example.com/")));
  }
}
