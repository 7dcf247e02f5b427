package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.Acceptance;
import com.poolbrain.webhooks.engine.Submission;
import com.poolbrain.webhooks.simulation.Weather.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Many publishers share one transaction, and nobody notices.
final class GroupCommitTest {

  @RepeatedTest(5)
  void the_first_goes_at_once_and_the_next_transaction_takes_what_arrived_meanwhile(
      RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      play.endpoint(40, _ -> Consumers.ok(Duration.ofMillis(5)));
      int before = play.world.ledger().stores();
      play.world.weather().slow(Duration.ofMillis(100));
      Publication first = play.publish(node, 40, 1);
      play.pass(Duration.ofMillis(50));
      List<Publication> others = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        others.add(play.publish(node, 40, 1));
      }
      play.await("the first is answered", first::answered);
      assertThat(others).noneMatch(Publication::answered);
      play.await("all are answered", () -> others.stream().allMatch(Publication::answered));

      assertThat(play.world.ledger().stores() - before).isEqualTo(2);
    });
  }

  @RepeatedTest(10)
  void what_is_repeated_meanwhile_gets_the_answer_of_the_first(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess one = play.node();
      NodeProcess two = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(Duration.ofMillis(5)));
      Submission keyed = Submissions.keyed(play.submission(40, 3).parts(), "import 17");
      List<Publication> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        answers.add(play.publish(i % 2 == 0 ? one : two, keyed));
      }
      play.await("all are answered", () -> answers.stream().allMatch(Publication::answered));

      assertThat(answers)
          .extracting(Publication::acceptance)
          .containsOnly(answers.getFirst().acceptance())
          .hasOnlyElementsOfType(Acceptance.Accepted.class);
      assertThat(play.deliveries(endpoint)).hasSize(3);
    });
  }

  @RepeatedTest(5)
  void one_that_the_store_refuses_does_not_harm_the_others(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(Duration.ofMillis(5)));
      play.world.weather().slow(Duration.ofMillis(50));
      play.publish(node, 40, 1);
      play.pass(Duration.ofMillis(20));
      play.world.weather().next("store", Fate.ANSWERED, Fate.REFUSED, Fate.REFUSED);
      List<Publication> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(play.publish(node, 40, 1));
      }
      play.await("all are answered", () -> answers.stream().allMatch(Publication::answered));

      assertThat(answers).filteredOn(answer -> answer.failure() != null).hasSize(1);
      play.await("the others arrive", () -> play.received(endpoint).size() == 4);
      play.await("all is given back", () -> node.engine().pulse().bytes() == 0);
    });
  }
}
