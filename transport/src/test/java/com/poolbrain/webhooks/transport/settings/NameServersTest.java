package com.poolbrain.webhooks.transport.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reading of resolv.conf, as glibc reads it.
final class NameServersTest {

  @Test
  void first_three_servers_count_and_other_lines_do_not() {
    assertThat(
            parse(
                    """
                    # nameserver 192.0.2.1
                    ; nameserver 192.0.2.2
                     nameserver 192.0.2.3
                    search example.com corp.example.com
                    domain example.com
                    sortlist 192.0.2.0/24
                    nameserver\t10.0.0.1   # the first one
                    nameserver fd00::53
                    nameserver no-address
                    nameserver
                    nameserver 127.0.0.53
                    nameserver 10.0.0.4
                    """)
                .servers())
        .containsExactly(server("10.0.0.1"), server("fd00::53"), server("127.0.0.53"));
  }

  @Test
  void without_a_server_that_of_this_machine_is_asked() {
    assertThat(parse("search example.com")).isEqualTo(parse(""));
    assertThat(parse(""))
        .isEqualTo(new NameServers(List.of(server("127.0.0.1")), Duration.ofSeconds(2), 2, false));
  }

  @ParameterizedTest
  @CsvSource({
    "options attempts:1, 2, 1, false",
    "options attempts:0, 2, 1, false",
    "options attempts:99, 2, 5, false",
    "options timeout:1, 1, 2, false",
    "options timeout:0, 1, 2, false",
    "options timeout:30, 5, 2, false",
    "options rotate, 2, 2, true",
    "options ndots:5 timeout:3\tattempts:4 rotate edns0, 3, 4, true",
    "options attempts:x timeout: rotated, 2, 2, false",
    "#options rotate, 2, 2, false",
  })
  void options_are_read(String line, int timeoutSeconds, int rounds, boolean rotate) {
    NameServers nameServers = parse(line);

    assertThat(nameServers.queryTimeout()).hasSeconds(timeoutSeconds);
    assertThat(nameServers.rounds()).isEqualTo(rounds);
    assertThat(nameServers.rotate()).isEqualTo(rotate);
  }

  @Test
  void options_of_several_lines_add_up() {
    assertThat(parse("options rotate timeout:4\noptions attempts:3 timeout:1"))
        .isEqualTo(new NameServers(List.of(server("127.0.0.1")), Duration.ofSeconds(1), 3, true));
  }

  @Test
  void impossible_values_are_refused() {
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NameServers(List.of(), second, 1, false));
    List<InetSocketAddress> servers = List.of(server("10.0.0.1"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NameServers(servers, Duration.ZERO, 1, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NameServers(servers, second, 0, false));
  }

  private static NameServers parse(String resolvConf) {
    return NameServers.parse(Stream.of(resolvConf.split("\n", -1)).toList());
  }

  private static InetSocketAddress server(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 53);
  }
}
