package com.poolbrain.webhooks.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.cli.doctor.Finding.Level;
import com.poolbrain.webhooks.cli.doctor.Finding.Step;
import com.poolbrain.webhooks.domain.address.AddressGuard;
import com.poolbrain.webhooks.domain.address.Cidr;
import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.management.url.EndpointUrlValidator;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Verifier;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.Responds;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.TestCa;
import com.poolbrain.webhooks.testkit.endpoint.TestCa.Validity;
import com.poolbrain.webhooks.testkit.endpoint.TinyDns;
import com.poolbrain.webhooks.testkit.endpoint.TinyDns.Reply;
import com.poolbrain.webhooks.transport.HttpTransport;
import com.poolbrain.webhooks.transport.settings.DnsSettings;
import com.poolbrain.webhooks.transport.settings.EgressPolicy;
import com.poolbrain.webhooks.transport.settings.NameServers;
import com.poolbrain.webhooks.transport.settings.TransportSettings;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Broken endpoints, and what the doctor says of each.
final class EndpointDoctorTest {

  private static final String HOST = "hooks.test";
  private static final TestCa CA = TestCa.create(InstantSource.system());
  private static final Secret SECRET = Secret.parse("a-secret-of-the-doctor-0123456789");

  /// Longer than any step that ends by itself, even on a busy machine.
  private static final Duration GENEROUS = Duration.ofMinutes(1);

  /// The steps before the one that hangs end within this time.
  private static final Duration SHORT = Duration.ofSeconds(5);

  /// 10.1.2.3 and its like stay blocked.
  private static final List<Cidr> ALLOWED = List.of(Cidr.parse("127.0.0.0/8"));

  @AutoClose("close")
  private final CloseStack closeStack = new CloseStack();

  private final TinyDns dns =
      closeStack.keep(new TinyDns().setReplies(HOST, Reply.addresses(60, "127.0.0.1")));

  /// A way to be broken.
  ///
  /// @param url creates the endpoint; gets the test whose resources it may use
  record Broken(
      String name,
      Step step,
      String cause,
      Duration timeout,
      Function<EndpointDoctorTest, URI> url) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Broken broken(
      String name, Step step, String cause, Function<EndpointDoctorTest, URI> url) {
    return new Broken(name, step, cause, GENEROUS, url);
  }

  private static Broken hanging(
      String name, Step step, String cause, Function<EndpointDoctorTest, URI> url) {
    return new Broken(name, step, cause, SHORT, url);
  }

  private static Broken answering(String name, String cause, int status, String headers) {
    return broken(
        name,
        Step.REQUEST,
        cause,
        test ->
            test.server(connection -> {
              connection.readRequest();
              connection.respond(status, headers, "no");
            }));
  }

  private URI server(ScriptedServer.Script script) {
    return server(CA.issueFor(Duration.ofDays(90), HOST), script);
  }

  private URI server(X509Bundle certificate, ScriptedServer.Script script) {
    return closeStack
        .keep(ScriptedServer.https(TestCa.serverContext(certificate), script))
        .url(HOST, "/hooks");
  }

  private URI withoutTls(ScriptedServer.Script script) {
    int port = closeStack.keep(ScriptedServer.http(script)).port();
    return URI.create("https://" + HOST + ":" + port + "/");
  }

  private URI resolvingTo(Reply reply) {
    dns.setReplies("other.test", reply);
    return URI.create("https://other.test/");
  }

  static Stream<Broken> brokenEndpoints() {
    ScriptedServer.Script ok = new Responds(204, "");
    return Stream.of(
        broken(
            "plain http", Step.URL, "Must begin with https://", _ -> URI.create("http://a.test/")),
        broken(
            "password", Step.URL, "user name or password", _ -> URI.create("https://u:p@a.test/")),
        broken("private address", Step.URL, "10.0.0.1", _ -> URI.create("https://10.0.0.1/")),
        broken("no such name", Step.DNS, "NXDOMAIN", _ -> URI.create("https://missing.test/")),
        broken(
            "broken name server",
            Step.DNS,
            "ServFail",
            test -> test.resolvingTo(new Reply.Failure(TinyDns.SERVFAIL))),
        broken(
            "name of a private address",
            Step.DNS,
            "10.1.2.3, which is",
            test -> test.resolvingTo(Reply.addresses(60, "10.1.2.3"))),
        broken(
            "closed port",
            Step.CONNECTION,
            "No server accepts connections",
            test -> test.closeStack.keep(ClosedPort.reserve()).url(HOST)),
        hanging(
            "no handshake",
            Step.CONNECTION,
            "could not be established in time",
            test -> test.withoutTls(ScriptedConnection::awaitClientClose)),
        broken(
            "handshake is closed",
            Step.CONNECTION,
            "closed before a response",
            test -> test.withoutTls(ScriptedConnection::closeAbruptly)),
        broken(
            "http on the port of https",
            Step.CERTIFICATE,
            "TLS handshake failed",
            test -> test.withoutTls(connection -> connection.send("HTTP/1.1 400 No\r\n\r\n"))),
        broken(
            "unknown authority",
            Step.CERTIFICATE,
            "not signed by a trusted authority",
            test -> test.server(TestCa.create(InstantSource.system()).issue(HOST), ok)),
        broken(
            "expired",
            Step.CERTIFICATE,
            "was valid until",
            test -> test.server(CA.issue(Validity.EXPIRED, HOST), ok)),
        broken(
            "not valid yet",
            Step.CERTIFICATE,
            "is not valid before",
            test -> test.server(CA.issue(Validity.NOT_YET_VALID, HOST), ok)),
        broken(
            "other host",
            Step.CERTIFICATE,
            "is for other.example",
            test -> test.server(CA.issue("other.example"), ok)),
        answering(
            "redirect",
            "It points to https://new.test/hooks.",
            308,
            "Location: https://new.test/hooks\r\n"),
        answering("login", "asks for credentials", 401, ""),
        answering("wrong path", "refused the request (4xx)", 404, ""),
        answering("gone", "says that it is gone", 410, ""),
        answering("small limit", "refuses a body of this size", 413, ""),
        answering("too many", "asks for fewer requests", 429, ""),
        answering("bug", "The endpoint failed (5xx)", 500, ""),
        hanging(
            "no answer",
            Step.REQUEST,
            "No response arrived in time",
            test -> test.server(ScriptedConnection::awaitClientClose)),
        broken(
            "reset",
            Step.REQUEST,
            "closed before a response",
            test -> test.server(new EndpointBehavior.ResetsConnection())),
        broken(
            "mail server",
            Step.REQUEST,
            "not valid HTTP/1.1",
            test -> test.server(new EndpointBehavior.SendsInvalidHttp())));
  }

  @ParameterizedTest
  @MethodSource("brokenEndpoints")
  void cause_of_a_broken_endpoint_is_named_at_its_step(Broken broken) throws Exception {
    List<Finding> findings = examine(broken.url().apply(this), broken.timeout());

    assertThat(findings.getLast())
        .satisfies(last -> {
          assertThat(last.step()).isEqualTo(broken.step());
          assertThat(last.level()).isEqualTo(Level.FAILED);
          assertThat(last.text()).contains(broken.cause());
        });
    List<Finding> before = findings.subList(0, findings.size() - 1);
    assertThat(before).extracting(Finding::level).allMatch(Level.OK::equals);
    assertThat(before)
        .extracting(Finding::step)
        .containsExactlyElementsOf(
            Stream.of(Step.values()).takeWhile(step -> step != broken.step()).toList());
  }

  private List<Finding> examine(URI url, Duration timeout) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    HttpTransport transport =
        closeStack.keep(
            new HttpTransport(
                TransportSettings.defaults()
                    .withEgressPolicy(EgressPolicy.publicHttps().withAllowedNetworks(ALLOWED))
                    .withExtraCaCertificates(List.of(CA.certificate()))
                    .withDns(
                        DnsSettings.defaults()
                            .withNameServers(
                                new NameServers(List.of(dns.address()), GENEROUS, 2, false))),
                InstantSource.system()));
    new EndpointDoctor(
            new EndpointUrlValidator(new AddressGuard(ALLOWED, List.of()), false),
            transport,
            timeout,
            InstantSource.system(),
            findings::add)
        .examine(url.toString(), SECRET);
    return findings;
  }

  @Test
  void healthy_endpoint_gets_a_signed_ping_and_passes_each_step() throws Exception {
    ScriptedServer server =
        closeStack.keep(
            ScriptedServer.https(
                TestCa.serverContext(CA.issueFor(Duration.ofDays(90), HOST)),
                new Responds(204, "")));

    List<Finding> findings = examine(server.url(HOST, "/hooks"), GENEROUS);

    assertThat(findings).extracting(Finding::step).containsExactly(Step.values());
    assertThat(findings).extracting(Finding::level).containsOnly(Level.OK);
    ReceivedRequest ping = server.nextRequest();
    assertThat(ping.eventName()).isEqualTo("webhook.ping");
    assertThat(ping.header("X-Webhook-Test")).isEqualTo("true");
    assertThat(
            new Verifier(SECRET).explain(ping.header("X-Webhook-Signature"), ping.body()).matches())
        .isTrue();
  }

  @Test
  void certificate_that_expires_soon_is_a_warning_with_its_days() throws Exception {
    List<Finding> findings =
        examine(server(CA.issueFor(Duration.ofDays(5), HOST), new Responds(200, "")), GENEROUS);

    assertThat(findings)
        .filteredOn(finding -> finding.step() == Step.CERTIFICATE)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.level()).isEqualTo(Level.WARNING);
          assertThat(finding.text()).contains("(4 days)");
          assertThat(finding.advice()).contains("Renew the certificate");
        });
    assertThat(findings.getLast().level()).isEqualTo(Level.OK);
  }

  @Test
  void blocked_address_beside_an_allowed_one_is_a_warning() throws Exception {
    dns.setReplies(HOST, Reply.addresses(60, "127.0.0.1", "10.1.2.3"));

    List<Finding> findings = examine(server(new Responds(200, "")), GENEROUS);

    assertThat(findings)
        .filteredOn(finding -> finding.level() == Level.WARNING)
        .extracting(Finding::step, Finding::text)
        .anySatisfy(finding ->
            assertThat(finding.toList().toString()).contains("DNS", "never used: 10.1.2.3"));
    assertThat(findings.getLast().level()).isEqualTo(Level.OK);
  }
}
