package com.poolbrain.webhooks.testkit.ledger;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.COMPANY;
import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.planOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random operations in random order: the ledger answers as the [ReferenceModel] does.
abstract class ReferenceModelContract extends LedgerContractPart {

  private static final int STEPS = 150;

  private static final List<SkipReason> REASONS = List.of(SkipReason.values());

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void results_match_the_reference_model(long seed) {
    RandomRun randomRun =
        new RandomRun(new LedgerFixture(harness, seed), new SplittableRandom(seed));
    for (int step = 0; step < STEPS; step++) {
      randomRun.performRandomOperation();
    }
    randomRun.checkDueDeliveries();
  }

  /// One sequence of operations.
  private static final class RandomRun {

    private final LedgerFixture fixture;
    private final Ledger ledger;
    private final SplittableRandom random;
    private final UUID endpoint;
    private final ReferenceModel referenceModel = new ReferenceModel();
    private final List<UUID> nodes = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<AttemptResult> recordedResults = new ArrayList<>();

    RandomRun(LedgerFixture fixture, SplittableRandom random) {
      this.fixture = fixture;
      this.ledger = fixture.ledger;
      this.random = random;
      this.endpoint = fixture.configureSingleEndpoint();
      nodes.add(fixture.registerNode());
      nodes.add(fixture.registerNode());
    }

    void checkDueDeliveries() {
      List<Claim> remaining = fixture.claim(nodes.getFirst(), endpoint, 10_000);
      assertThat(ids(remaining)).isEqualTo(referenceModel.dueDeliveryIds(fixture.now()));
    }

    void performRandomOperation() {
      switch (random.nextInt(10)) {
        case 0, 1 -> store();
        case 2 -> claim();
        case 3, 4, 5 -> recordBatch();
        case 6 -> repeatResult();
        case 7 -> replaceNode();
        case 8 -> reopenOrCancel();
        default -> skip();
      }
    }

    private void store() {
      UUID node = randomNode();
      NewDelivery delivery =
          switch (random.nextInt(5)) {
            case 0 -> fixture.unownedDelivery(endpoint);
            case 1 -> fixture.skippedDelivery(endpoint, randomReason());
            case 2 -> fixture.testDelivery(endpoint, true);
            default -> fixture.ownedDelivery(endpoint);
          };
      StoreResult storeResult =
          ledger.store(node, fixture.configVersion(), List.of(planOf(delivery)));
      assertThat(storeResult).isEqualTo(StoreResult.STORED);
      referenceModel.store(delivery, node);
      if (delivery.owned()) {
        claims.add(fixture.claim(delivery));
      }
    }

    private void claim() {
      UUID node = randomNode();
      int limit = random.nextInt(1, 6);
      List<Claim> claimed = fixture.claim(node, endpoint, limit);
      List<UUID> due = referenceModel.dueDeliveryIds(fixture.now());
      assertThat(ids(claimed)).hasSize(Math.min(limit, due.size()));
      assertThat(due).containsAll(ids(claimed));
      for (Claim claim : claimed) {
        assertThat(new ReferenceModel.ClaimView(claim))
            .isEqualTo(referenceModel.claim(claim.id(), node));
      }
      claims.addAll(claimed);
    }

    private void recordBatch() {
      UUID node = randomNode();
      List<AttemptResult> batch =
          IntStream.range(0, Math.min(claims.size(), random.nextInt(1, 5)))
              .mapToObj(_ -> randomResult(claims.get(random.nextInt(claims.size()))))
              .toList();
      recordedResults.addAll(batch);
      recordAndCompare(node, batch);
    }

    private void repeatResult() {
      if (!recordedResults.isEmpty()) {
        recordAndCompare(
            randomNode(), List.of(recordedResults.get(random.nextInt(recordedResults.size()))));
      }
    }

    private void recordAndCompare(UUID node, List<AttemptResult> batch) {
      List<RecordedResult> actual = ledger.recordResults(node, batch);
      List<RecordedResult> expected =
          batch.stream().map(s -> referenceModel.recordResult(node, s)).toList();
      assertThat(actual).isEqualTo(expected);
    }

    private AttemptResult randomResult(Claim claim) {
      if (claim.trigger() == Trigger.MANUAL) {
        return switch (random.nextInt(3)) {
          case 0 -> fixture.success(claim);
          case 1 -> fixture.manualFailure(claim);
          default -> LedgerFixture.notSent(claim, new Verdict.Unchanged());
        };
      }
      Instant due = random.nextBoolean() ? fixture.secondsAgo(1) : fixture.farFuture();
      return switch (random.nextInt(6)) {
        case 0, 1 -> fixture.failureWithRetry(claim, due);
        case 2 -> fixture.finalFailure(claim);
        case 3 -> fixture.failure(claim, new Verdict.Skip(randomReason()));
        case 4 -> LedgerFixture.notSent(claim, new Verdict.Skip(randomReason()));
        default -> fixture.success(claim);
      };
    }

    private void replaceNode() {
      UUID oldNode = nodes.removeFirst();
      ledger.deregisterNode(oldNode);
      referenceModel.releaseDeliveriesOf(oldNode);
      nodes.add(fixture.registerNode());
    }

    private void reopenOrCancel() {
      List<UUID> all = referenceModel.deliveryIds();
      if (all.isEmpty()) {
        return;
      }
      UUID id = all.get(random.nextInt(all.size()));
      if (random.nextBoolean()) {
        assertThat(ledger.cancel(COMPANY, id).result()).isEqualTo(referenceModel.cancel(id));
        return;
      }
      UUID node = randomNode();
      ReferenceModel.ClaimView expected = referenceModel.reopen(id, node);
      if (ledger.reopen(node, COMPANY, id) instanceof ReopenResult.Reopened(var claim)) {
        assertThat(new ReferenceModel.ClaimView(claim)).isEqualTo(expected);
        claims.add(claim);
      } else {
        assertThat(expected).isNull();
      }
    }

    private void skip() {
      if (random.nextInt(4) == 0) {
        assertThat(
                ledger
                    .skipUnowned(
                        fixture.configVersion(), endpoint, randomReason(), List.of(), 10_000)
                    .map(List::size))
            .hasValue(referenceModel.skipUnowned());
      }
    }

    private UUID randomNode() {
      return nodes.get(random.nextInt(nodes.size()));
    }

    private SkipReason randomReason() {
      return REASONS.get(random.nextInt(REASONS.size()));
    }

    private static List<UUID> ids(List<Claim> claimList) {
      return claimList.stream().map(Claim::id).sorted().collect(Collectors.toList());
    }
  }
}
