package com.poolbrain.webhooks.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.address.AddressGuard;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.management.url.EndpointUrlValidator;
import com.poolbrain.webhooks.server.AddressTable.Row;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.TinyDns;
import com.poolbrain.webhooks.transport.HttpTransport;
import com.poolbrain.webhooks.transport.settings.NameServers;
import com.poolbrain.webhooks.transport.settings.TransportSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which addresses endpoints may have. Each row of `endpoint-addresses.txt` is tried at both
/// moments: when it is saved, and when it is connected to.
///
/// The transport connects through a proxy of the test. So a row can have a public address, and
/// nothing leaves this machine. The proxy shows which addresses would have been connected to.
@Timeout(120)
final class EndpointAddressesTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /// Longer than an answer of DNS is cached.
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMinutes(2);

  private static final TinyDns DNS = new TinyDns();

  /// Closes each tunnel, so that all addresses of a host are tried.
  private static final ScriptedServer PROXY =
      ScriptedServer.http(connection -> {
        connection.readRequest();
        connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
      });

  private static final Map<List<String>, HttpTransport> TRANSPORTS = new HashMap<>();
  private static Instant now = Instant.parse("2026-02-13T06:42:24Z");

  @AfterAll
  static void close() {
    TRANSPORTS.values().forEach(HttpTransport::close);
    PROXY.close();
    DNS.close();
  }

  static List<Row> rows() {
    return AddressTable.read();
  }

  @Test
  void table_has_hundreds_of_rows_and_none_twice() {
    assertThat(rows()).hasSizeGreaterThanOrEqualTo(200).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void endpoint_is_saved_unless_it_can_never_be_delivered_to(Row row) {
    Settings.EgressSettings egress = egress(row.settings());
    var guard = new AddressGuard(egress.allowedNetworks(), egress.deniedNetworks());

    String error = new EndpointUrlValidator(guard, egress.allowHttp()).findError(row.url());

    if (row.saved().equals("ok")) {
      assertThat(error).isNull();
    } else {
      assertThat(error).contains(row.saved());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void attempt_connects_to_allowed_addresses_only(Row row) throws Exception {
    switch (row.connected().getFirst()) {
      case "not a URL" ->
          assertThatThrownBy(() -> new URI(row.url())).isInstanceOf(URISyntaxException.class);
      case "not https" ->
          assertThatIllegalArgumentException()
              .isThrownBy(() -> attempt(row, new URI(row.url())))
              .withMessageContaining("must be https");
      default -> assertThat(attempts(row)).isEqualTo(row.connected());
    }
  }

  /// What each attempt connected to, or its error class.
  private static List<String> attempts(Row row) throws Exception {
    URI url = new URI(row.url());
    if (!row.answers().isEmpty()) {
      DNS.setReplies(
          url.getHost().replaceAll("\\.$", ""),
          row.answers().stream()
              .map(answer -> TinyDns.Reply.addresses(0, answer.toArray(String[]::new)))
              .toArray(TinyDns.Reply[]::new));
    }
    String[] results = new String[row.connected().size()];
    for (int i = 0; i < results.length; i++) {
      now = now.plus(BETWEEN_ATTEMPTS);
      results[i] = attempt(row, url);
    }
    return List.of(results);
  }

  private static String attempt(Row row, URI url) throws InterruptedException {
    int before = PROXY.requests().size();
    Outcome outcome =
        TRANSPORTS
            .computeIfAbsent(row.settings(), EndpointAddressesTest::startTransport)
            .send(new WebhookRequest(url, List.of(), new byte[0], TIMEOUT))
            .outcome();
    List<String> connected =
        PROXY.requests().stream()
            .skip(before)
            .map(request -> request.requestLine().split(" ", -1)[1])
            .toList();
    return connected.isEmpty()
        ? ((Outcome.Failed) outcome).error().wireName()
        : String.join(" ", connected);
  }

  private static HttpTransport startTransport(List<String> variables) {
    TransportSettings settings = TransportSettingsFactory.create(egress(variables));
    return new HttpTransport(
        settings.withDns(
            settings
                .dns()
                .withNameServers(new NameServers(List.of(DNS.address()), TIMEOUT, 2, false))),
        () -> now);
  }

  private static Settings.EgressSettings egress(List<String> variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("WEBHOOKS_EGRESS_PROXY", "http://127.0.0.1:" + PROXY.port());
    for (String variable : variables) {
      String[] nameAndValue = variable.split("=", 2);
      environment.put(nameAndValue[0], nameAndValue[1]);
    }
    return Settings.read(environment, null).delivery().egress();
  }
}
