package com.poolbrain.webhooks.server.ops;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.AttemptFinished;
import com.poolbrain.webhooks.engine.Receipt;
import com.poolbrain.webhooks.engine.Skipped;
import com.poolbrain.webhooks.engine.Watch;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line for each attempt: a success at debug, a failure at info with what happens next.
public final class AttemptLog implements Watch {

  private static final Logger LOG = LoggerFactory.getLogger("com.poolbrain.webhooks.attempts");

  @Override
  public void accepted(List<Receipt> receipts) {
    for (Receipt receipt : receipts) {
      LOG.debug(
          "Accepted {} of company {}: events {}, {} deliveries, {} skipped",
          receipt.event(),
          receipt.companyId(),
          receipt.ids(),
          receipt.deliveries(),
          receipt.skipped());
    }
  }

  @Override
  public void attempted(AttemptFinished finished) {
    switch (finished.attempt().outcome()) {
      case Outcome.Delivered(var answer) -> {
        if (LOG.isDebugEnabled()) { // most often it is not, and the words cost more than the rest
          LOG.debug(
              "{} answered {} after {} ms",
              what(finished),
              answer.status(),
              finished.attempt().duration().toMillis());
        }
      }
      case Outcome.Failed failed ->
          LOG.info(
              "{} failed by {}{} after {} ms; {}",
              what(finished),
              failed.error().word(),
              failed.answer() == null ? "" : " (" + failed.answer().status() + ")",
              finished.attempt().duration().toMillis(),
              next(finished));
    }
  }

  @Override
  public void skipped(Skipped skipped) {
    LOG.debug(
        "{} deliveries to endpoint {} ended unsent: {}",
        skipped.count(),
        skipped.endpointId(),
        skipped.reason().word());
  }

  private static String what(AttemptFinished finished) {
    var claim = finished.claim();
    Trigger trigger = finished.attempt().trigger();
    return "Attempt %d%s of delivery %s (%s, company %d) to endpoint %s"
        .formatted(
            finished.settled().number(),
            trigger == Trigger.AUTOMATIC ? "" : " (" + trigger.word() + ")",
            claim.id(),
            claim.name(),
            claim.event().companyId(),
            claim.endpointId());
  }

  private static String next(AttemptFinished finished) {
    if (finished.settled().late()) {
      return "another node has taken the delivery over";
    }
    return switch (finished.verdict()) {
      case Verdict.RetryAt(var due) -> "next attempt at " + due;
      case Verdict.GiveUp _ -> "it was the last one; redeliver it when the endpoint works";
      case Verdict.Skip(var reason) -> "no more attempts: " + reason.word();
      case Verdict.Unchanged _ -> "the delivery stays " + finished.settled().status().word();
      case Verdict.Done _ -> "the delivery is done";
    };
  }
}
