package com.poolbrain.webhooks.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Books that see nothing would find nothing lost.
class BooksTest {

  private static final Subscriber FORTY = new Subscriber(40, "whsec_of-company-40");
  private static final Subscriber FORTY_ONE = new Subscriber(41, "whsec_of-company-41");

  private final Books books = new Books(List.of(FORTY, FORTY_ONE));
  private final Item item = books.item(2);

  @Test
  void whatWasAcceptedAndHasNotArrivedIsLost() {
    books.accepted(item, "event");
    books.arrived(webhook(FORTY, item, "event"), false);

    assertThat(books.count().lost()).isEqualTo(1);
    assertThat(books.lost()).containsExactly(2);
  }

  @Test
  void whatArrivesIsReceivedWhetherItsPublisherKnowsBeforeOrAfterwards() {
    books.accepted(item, "event");
    books.arrived(webhook(FORTY, item, "event"), true);
    Item other = books.item(4);
    books.arrived(webhook(FORTY, other, "other"), true);
    books.accepted(other, "other");

    assertThat(books.count()).isEqualTo(new Count(2, 2, 0, 0, 0, 0));
  }

  @Test
  void whatComesAgainIsADuplicateThatAFaultExplainsOrDoesNot() {
    books.accepted(item, "event");
    books.arrived(webhook(FORTY, item, "event"), true);
    books.fault();
    books.arrived(webhook(FORTY, item, "event"), true);
    books.arrived(webhook(FORTY, item, "event"), true);

    assertThat(books.count()).isEqualTo(new Count(1, 1, 2, 1, 2, 0));
  }

  @Test
  void whatWasSentBeforeAFaultMayArriveAfterIt() {
    books.accepted(item, "event");
    books.fault();
    books.arrived(webhook(FORTY, item, "event"), true, 0);
    assertThat(books.firstSinceFault()).isZero();
    books.arrived(webhook(FORTY, item, "event"), true, 1);
    assertThat(books.count()).isEqualTo(new Count(1, 1, 1, 0, 1, 0));
    assertThat(books.firstSinceFault()).isNotZero();

    books.arrived(webhook(FORTY, item, "event"), true, 0);
    assertThat(books.count().unexplained()).as("twice from one life").isEqualTo(1);
  }

  @Test
  void whatTheConsumerDidNotTakeMayComeAgain() {
    books.accepted(item, "event");
    books.arrived(webhook(FORTY, item, "event"), false);
    books.arrived(webhook(FORTY, item, "event"), true);

    assertThat(books.count()).isEqualTo(new Count(1, 1, 0, 0, 0, 0));
  }

  @Test
  void aSecondEventForOnePublishIsWrong() {
    books.accepted(item, "event");
    books.arrived(webhook(FORTY, item, "second"), true);
    assertThat(books.wrongs()).singleElement().asString().contains("came as second");
  }

  @Test
  void anotherAnswerToARepeatIsWrong() {
    books.accepted(item, "event");
    books.accepted(item, "second");
    assertThat(books.wrongs()).hasSize(1);
  }

  @Test
  void otherBytesAreWrong() {
    books.arrived(webhook(FORTY, item, "event"), true);
    String body = body(item).replace("}}", "} }");
    books.arrived(webhook(FORTY, body, "event"), true);
    assertThat(books.wrongs()).singleElement().asString().contains("other bytes");
  }

  @Test
  void otherDataAreWrong() {
    books.arrived(webhook(FORTY, body(item).replace("ller 2", "ller 3"), "event"), true);
    assertThat(books.wrongs()).hasSize(1);
  }

  @Test
  void anotherCompanysEndpointIsWrong() {
    books.arrived(webhook(FORTY_ONE, item, "event"), true);
    assertThat(books.wrongs()).singleElement().asString().startsWith("company 41 got");
  }

  @Test
  void aSignatureThatDoesNotVerifyIsWrong() {
    Webhook good = webhook(FORTY, item, "event");
    books.arrived(
        new Webhook(40, good.signature().toUpperCase(Locale.ROOT), "event", good.body()), true);
    assertThat(books.wrongs()).singleElement().asString().startsWith("a bad signature");
  }

  private static Webhook webhook(Subscriber to, Item item, String event) {
    return webhook(to, body(item), event);
  }

  private static Webhook webhook(Subscriber to, String body, String event) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String signature = new Signer(Secret.parse(to.secret())).sign(bytes);
    return new Webhook(to.id(), signature, event, bytes);
  }

  private static String body(Item item) {
    return item.json().replaceFirst("\\{", "{\"id\":\"0197\",");
  }
}
