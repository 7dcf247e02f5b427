package com.poolbrain.webhooks.contracts.ledger;

import static com.poolbrain.webhooks.contracts.ledger.Story.COMPANY;
import static com.poolbrain.webhooks.contracts.ledger.Story.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.Ledger;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Reopening;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import com.poolbrain.webhooks.engine.Storing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is done in whatever order, the ledger answers as a [Model] of a few lines does.
abstract class ModelTopic extends Topic {

  private static final int STEPS = 150;

  private static final List<SkipReason> REASONS = List.of(SkipReason.values());

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void answersAsTheModelDoes(long seed) {
    Run run = new Run(new Story(world, seed), new SplittableRandom(seed));
    for (int step = 0; step < STEPS; step++) {
      run.act();
    }
    run.claimAll();
  }

  /// One order of things.
  private static final class Run {

    private final Story story;
    private final Ledger ledger;
    private final SplittableRandom random;
    private final UUID endpoint;
    private final Model model = new Model();
    private final List<UUID> nodes = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<Settlement> settled = new ArrayList<>();

    Run(Story story, SplittableRandom random) {
      this.story = story;
      this.ledger = story.ledger;
      this.random = random;
      this.endpoint = story.onlyEndpoint();
      nodes.add(story.node());
      nodes.add(story.node());
    }

    void claimAll() {
      List<Claim> rest = story.claim(nodes.getFirst(), endpoint, 10_000);
      assertThat(ids(rest)).isEqualTo(model.due(story.now()));
    }

    void act() {
      switch (random.nextInt(10)) {
        case 0, 1 -> store();
        case 2 -> claim();
        case 3, 4, 5 -> settle();
        case 6 -> again();
        case 7 -> replaceNode();
        case 8 -> byHand();
        default -> skip();
      }
    }

    private void store() {
      UUID node = anyNode();
      NewDelivery delivery =
          switch (random.nextInt(5)) {
            case 0 -> story.waiting(endpoint);
            case 1 -> story.skipped(endpoint, anyReason());
            case 2 -> story.testSend(endpoint, true);
            default -> story.owned(endpoint);
          };
      Storing storing = ledger.store(node, story.version(), List.of(plan(delivery)));
      assertThat(storing).isEqualTo(Storing.STORED);
      model.stored(delivery, node);
      if (delivery.owned()) {
        claims.add(story.claim(delivery));
      }
    }

    private void claim() {
      UUID node = anyNode();
      int places = random.nextInt(1, 6);
      List<Claim> taken = story.claim(node, endpoint, places);
      List<UUID> due = model.due(story.now());
      assertThat(ids(taken)).hasSize(Math.min(places, due.size()));
      assertThat(due).containsAll(ids(taken));
      for (Claim claim : taken) {
        assertThat(new Model.View(claim)).isEqualTo(model.claimed(claim.id(), node));
      }
      claims.addAll(taken);
    }

    private void settle() {
      UUID node = anyNode();
      List<Settlement> batch =
          IntStream.range(0, Math.min(claims.size(), random.nextInt(1, 5)))
              .mapToObj(_ -> settlement(claims.get(random.nextInt(claims.size()))))
              .toList();
      settled.addAll(batch);
      check(node, batch);
    }

    private void again() {
      if (!settled.isEmpty()) {
        check(anyNode(), List.of(settled.get(random.nextInt(settled.size()))));
      }
    }

    private void check(UUID node, List<Settlement> batch) {
      List<Settled> answers = ledger.settle(node, batch);
      List<Settled> expected = batch.stream().map(s -> model.settle(node, s)).toList();
      assertThat(answers).isEqualTo(expected);
    }

    private Settlement settlement(Claim claim) {
      if (claim.trigger() == Trigger.MANUAL) {
        return switch (random.nextInt(3)) {
          case 0 -> story.succeeded(claim);
          case 1 -> story.unchanged(claim);
          default -> Story.unsent(claim, new Verdict.Unchanged());
        };
      }
      Instant due = random.nextBoolean() ? story.earlier(1) : story.later();
      return switch (random.nextInt(6)) {
        case 0, 1 -> story.retry(claim, due);
        case 2 -> story.gaveUp(claim);
        case 3 -> story.failed(claim, new Verdict.Skip(anyReason()));
        case 4 -> Story.unsent(claim, new Verdict.Skip(anyReason()));
        default -> story.succeeded(claim);
      };
    }

    private void replaceNode() {
      UUID dead = nodes.removeFirst();
      ledger.end(dead);
      model.ended(dead);
      nodes.add(story.node());
    }

    private void byHand() {
      List<UUID> all = model.all();
      if (all.isEmpty()) {
        return;
      }
      UUID id = all.get(random.nextInt(all.size()));
      if (random.nextBoolean()) {
        assertThat(ledger.cancel(COMPANY, id)).isEqualTo(model.cancel(id));
        return;
      }
      UUID node = anyNode();
      Model.View expected = model.reopen(id, node);
      if (ledger.reopen(node, COMPANY, id) instanceof Reopening.Reopened(var claim)) {
        assertThat(new Model.View(claim)).isEqualTo(expected);
        claims.add(claim);
      } else {
        assertThat(expected).isNull();
      }
    }

    private void skip() {
      if (random.nextInt(4) == 0) {
        assertThat(ledger.skip(story.version(), endpoint, anyReason(), List.of(), 10_000))
            .hasValue(model.skip());
      }
    }

    private UUID anyNode() {
      return nodes.get(random.nextInt(nodes.size()));
    }

    private SkipReason anyReason() {
      return REASONS.get(random.nextInt(REASONS.size()));
    }

    private static List<UUID> ids(List<Claim> some) {
      return some.stream().map(Claim::id).sorted().collect(Collectors.toList());
    }
  }
}
