package com.poolbrain.webhooks.server.telemetry;

import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.NotSent;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.Sent;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs one line per attempt: a success at debug, a failure at info with the next step.
public final class AttemptLogger implements EngineListener {

  private static final Logger LOG = LoggerFactory.getLogger("com.poolbrain.webhooks.attempts");

  @Override
  public void onEventsAccepted(List<Receipt> receipts, List<NewDelivery> skipped) {
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
  public void onDeliveryRecorded(DeliveryRecorded event) {
    switch (event.result()) {
      case Sent sent -> logAttempt(sent, event.recorded());
      case NotSent(var claim, Verdict.Skip(var reason)) ->
          logSkipped(claim.endpointId(), reason, 1);
      case NotSent _ -> {}
    }
  }

  private static void logAttempt(Sent sent, RecordedResult recorded) {
    long millis = sent.attempt().duration().toMillis();
    switch (sent.attempt().outcome()) {
      case Outcome.Delivered(var response) -> {
        if (LOG.isDebugEnabled()) { // formatting costs more than the rest of the call
          LOG.debug(
              "{} answered {} after {} ms",
              describeAttempt(sent, recorded),
              response.statusCode(),
              millis);
        }
      }
      case Outcome.Failed failed ->
          LOG.info(
              "{} failed by {}{} after {} ms; {}{}",
              describeAttempt(sent, recorded),
              failed.error().wireName(),
              failed.response() == null ? "" : " (" + failed.response().statusCode() + ")",
              millis,
              describeNextStep(sent.verdict(), recorded),
              describeCause(failed.error(), sent.attempt().details()));
    }
  }

  private static String describeCause(ErrorClass error, @Nullable AttemptDetails details) {
    String detail = details == null ? null : details.detail();
    return ". " + (detail == null ? error.description() : detail);
  }

  @Override
  public void onDeliveriesSkipped(DeliveriesSkipped event) {
    logSkipped(event.endpointId(), event.reason(), event.count());
  }

  private static void logSkipped(UUID endpointId, SkipReason reason, int count) {
    LOG.debug("Skipped {} deliveries to endpoint {}: {}", count, endpointId, reason.wireName());
  }

  private static String describeAttempt(Sent sent, RecordedResult recorded) {
    Claim claim = sent.claim();
    Trigger trigger = sent.attempt().trigger();
    return "Attempt %d%s of delivery %s (%s, company %d) to endpoint %s"
        .formatted(
            recorded.attemptNumber(),
            trigger == Trigger.AUTOMATIC ? "" : " (" + trigger.wireName() + ")",
            claim.id(),
            claim.eventName(),
            claim.event().companyId(),
            claim.endpointId());
  }

  private static String describeNextStep(Verdict verdict, RecordedResult recorded) {
    if (recorded.late()) {
      return "another node has taken the delivery over";
    }
    return switch (verdict) {
      case Verdict.RetryAt(var due) -> "next attempt at " + due;
      case Verdict.GiveUp _ -> "no attempts left; redeliver it when the endpoint works";
      case Verdict.Skip(var reason) -> "no further attempt: " + reason.wireName();
      case Verdict.Unchanged _ -> "the delivery stays " + recorded.status().wireName();
      case Verdict.Done _ -> "the delivery is done";
    };
  }
}
