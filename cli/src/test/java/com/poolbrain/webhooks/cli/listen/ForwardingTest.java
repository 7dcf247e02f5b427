package com.poolbrain.webhooks.cli.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.cli.listen.HandledWebhook.Disposition;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.Responds;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests that are sent on to an application, and recordings of them.
final class ForwardingTest {

  private static final Secret SECRET = Secret.parse("whsec_of_the_forwarding_test");
  private static final byte[] BODY =
      "{\"id\":\"1\",\"event\":\"customer.created\",\"data\":{\"name\":\"Zo\u00eb\"}}"
          .getBytes(UTF_8);

  @TempDir private Path folder;

  @AutoClose
  private final ScriptedServer application = ScriptedServer.http(new Responds(202, "ok"));

  private final List<HandledWebhook> handled = new ArrayList<>();

  private WebhookHandler forwardingTo(URI url, Recording recording) {
    return new WebhookHandler(
        SECRET, FailureMode.NONE, recording, new Forwarder(url), handled::add);
  }

  private static IncomingRequest signed(byte[] body) {
    return new IncomingRequest(
        Map.of(
            "Host", "localhost:8443",
            "Content-Length", "1",
            "X-webhook-signature", new Signer(SECRET).sign(body),
            "X-webhook-attempt", "2"),
        body);
  }

  private static Forwarder.Answer answer(HandledWebhook webhook) {
    return requireNonNull(webhook.forwarded());
  }

  private static boolean isGenuine(HandledWebhook webhook) {
    return requireNonNull(webhook.verificationResult()).matches();
  }

  @Test
  void application_gets_the_exact_request_and_its_answer_counts() throws Exception {
    int status = forwardingTo(application.url("/hooks"), Recording.inMemory()).handle(signed(BODY));

    assertThat(status).isEqualTo(202);
    ReceivedRequest forwarded = application.nextRequest();
    assertThat(forwarded.path()).isEqualTo("/hooks");
    assertThat(forwarded.body()).isEqualTo(BODY);
    assertThat(forwarded.header("X-webhook-signature")).isEqualTo(new Signer(SECRET).sign(BODY));
    assertThat(forwarded.header("X-webhook-attempt")).isEqualTo("2");
    assertThat(forwarded.header("Host")).isEqualTo("localhost:" + application.port());
    assertThat(handled)
        .singleElement()
        .satisfies(webhook -> {
          assertThat(webhook.disposition()).isEqualTo(Disposition.FORWARDED);
          assertThat(answer(webhook).text()).isEqualTo("ok");
          assertThat(isGenuine(webhook)).isTrue();
        });
  }

  @Test
  void duplicates_and_wrong_signatures_reach_the_application_too() throws Exception {
    WebhookHandler handler = forwardingTo(application.url("/"), Recording.inMemory());

    handler.handle(signed(BODY));
    handler.handle(signed(BODY));
    handler.handle(
        new IncomingRequest(Map.of("X-Webhook-Signature", "00"), "no json".getBytes(UTF_8)));

    assertThat(application.requests()).hasSize(3);
    assertThat(handled).extracting(HandledWebhook::number).containsExactly(1, 2, 3);
    assertThat(isGenuine(handled.getLast())).isFalse();
  }

  @Test
  void application_that_is_not_there_is_answered_with_502() throws Exception {
    try (ClosedPort port = ClosedPort.reserve()) {
      URI url = URI.create("http://localhost:" + port.port() + "/");

      assertThat(forwardingTo(url, Recording.inMemory()).handle(signed(BODY))).isEqualTo(502);

      assertThat(answer(handled.getFirst()).text()).startsWith("not reached");
    }
  }

  @Test
  void recorded_requests_are_handled_again_after_a_restart() throws Exception {
    Path file = folder.resolve("webhooks.jsonl");
    byte[] binary = {(byte) 0xff, 0, 1};
    WebhookHandler before = forwardingTo(application.url("/"), Recording.of(file));
    before.handle(signed(BODY));
    before.handle(signed(binary));

    WebhookHandler after = forwardingTo(application.url("/"), Recording.of(file));
    assertThat(after.handleAgain(2)).isTrue();
    assertThat(after.handleAgain(1)).isTrue();
    assertThat(after.handleAgain(3)).isFalse();
    after.handle(signed(BODY));

    assertThat(application.requests())
        .extracting(ReceivedRequest::body)
        .containsExactly(BODY, binary, binary, BODY, BODY);
    assertThat(handled).extracting(HandledWebhook::number).containsExactly(1, 2, 2, 1, 3);
    assertThat(handled).allMatch(ForwardingTest::isGenuine);
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  void only_the_last_requests_are_kept() throws Exception {
    Recording recording = Recording.inMemory();
    for (int i = 0; i <= Recording.MAX_KEPT; i++) {
      recording.add(signed(BODY));
    }

    assertThat(recording.find(1)).isEmpty();
    assertThat(recording.find(2)).isPresent();
    assertThat(recording.find(Recording.MAX_KEPT + 1)).isPresent();
  }

  @Test
  void file_that_is_no_recording_is_refused_with_its_line() throws Exception {
    Path file = Files.writeString(folder.resolve("notes.txt"), "buy milk\n");

    assertThatThrownBy(() -> Recording.of(file))
        .isInstanceOf(IOException.class)
        .hasMessage("line 1 is not a recorded request");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000/, true",
    "http://127.9.9.9/, true",
    "https://[::1]:8443/, true",
    "http://10.0.0.1/, false",
    "https://localhost.example.com/, false",
    "http://127.0.0.1@evil.example/, false",
    "http://2130706433/, false",
  })
  void url_of_another_machine_is_no_loopback(URI url, boolean isLoopback) {
    assertThat(Forwarder.isLoopback(url)).isEqualTo(isLoopback);
  }
}
