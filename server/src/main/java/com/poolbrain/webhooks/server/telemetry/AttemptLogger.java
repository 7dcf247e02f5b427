package com.poolbrain.webhooks.server.telemetry;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs one line per attempt: a success at debug, a failure at info with the next step.
public final class AttemptLogger implements EngineListener {

  private static final Logger LOG = LoggerFactory.getLogger("com.poolbrain.webhooks.attempts");

  @Override
  public void onEventsAccepted(List<Receipt> receipts) {
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
  public void onDeliveryRecorded(DeliveryRecorded recorded) {
    switch (recorded.attempt().outcome()) {
      case Outcome.Delivered(var response) -> {
        if (LOG.isDebugEnabled()) { // formatting costs more than all other work of a listener
          LOG.debug(
              "{} answered {} after {} ms",
              describeAttempt(recorded),
              response.statusCode(),
              recorded.attempt().duration().toMillis());
        }
      }
      case Outcome.Failed failed ->
          LOG.info(
              "{} failed by {}{} after {} ms; {}",
              describeAttempt(recorded),
              failed.error().wireName(),
              failed.response() == null ? "" : " (" + failed.response().statusCode() + ")",
              recorded.attempt().duration().toMillis(),
              describeNextStep(recorded));
    }
  }

  @Override
  public void onDeliveriesSkipped(DeliveriesSkipped deliveriesSkipped) {
    LOG.debug(
        "Skipped {} deliveries to endpoint {}: {}",
        deliveriesSkipped.count(),
        deliveriesSkipped.endpointId(),
        deliveriesSkipped.reason().wireName());
  }

  private static String describeAttempt(DeliveryRecorded recorded) {
    var claim = recorded.claim();
    Trigger trigger = recorded.attempt().trigger();
    return "Attempt %d%s of delivery %s (%s, company %d) to endpoint %s"
        .formatted(
            recorded.recordedResult().attemptNumber(),
            trigger == Trigger.AUTOMATIC ? "" : " (" + trigger.wireName() + ")",
            claim.id(),
            claim.eventName(),
            claim.event().companyId(),
            claim.endpointId());
  }

  private static String describeNextStep(DeliveryRecorded recorded) {
    if (recorded.recordedResult().late()) {
      return "another node has taken the delivery over";
    }
    return switch (recorded.verdict()) {
      case Verdict.RetryAt(var due) -> "next attempt at " + due;
      case Verdict.GiveUp _ -> "no attempts left; redeliver it when the endpoint works";
      case Verdict.Skip(var reason) -> "no more attempts: " + reason.wireName();
      case Verdict.Unchanged _ ->
          "the delivery stays " + recorded.recordedResult().status().wireName();
      case Verdict.Done _ -> "the delivery is done";
    };
  }
}
