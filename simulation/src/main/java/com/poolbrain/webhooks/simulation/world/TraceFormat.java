package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Formats values for the trace.
public final class TraceFormat {

  private TraceFormat() {}

  /// The last eight digits of an id. They distinguish the ids of one simulation.
  public static String shortId(UUID id) {
    return id.toString().substring(28);
  }

  static String formatPlans(long version, List<Plan> plans) {
    return "by configuration "
        + version
        + ": "
        + plans.stream()
            .flatMap(plan -> plan.deliveries().stream())
            .map(TraceFormat::formatDelivery)
            .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String formatDelivery(NewDelivery newDelivery) {
    String disposition =
        newDelivery.skipReason() != null
            ? newDelivery.skipReason().wireName()
            : newDelivery.owned() ? "owned" : "unowned";
    return shortId(newDelivery.id())
        + " for "
        + shortId(newDelivery.endpointId())
        + " "
        + disposition;
  }

  public static String formatRequest(PublishCall publishCall) {
    return publishCall.publishRequest().events().stream()
            .map(publishedEvent ->
                publishedEvent.items().size()
                    + " "
                    + publishedEvent.type().name()
                    + " of "
                    + publishedEvent.companyId())
            .collect(Collectors.joining(", "))
        + (publishCall.publishRequest().idempotencyKeys().isEmpty()
            ? ""
            : " " + publishCall.publishRequest().idempotencyKeys());
  }

  public static String formatResult(PublishCall publishCall) {
    return "answers publish call "
        + publishCall.number()
        + ": "
        + switch (publishCall.result()) {
          case PublishResult.Accepted(var receipts) ->
              receipts.stream()
                  .map(receipt ->
                      receipt.ids().stream().map(TraceFormat::shortId).toList()
                          + " to "
                          + receipt.deliveries()
                          + ", skipped "
                          + receipt.skipped())
                  .collect(Collectors.joining("; "));
          case PublishResult.Rejected rejected -> rejected.toString();
          case PublishResult.Conflict conflict -> conflict.toString();
          case null -> String.valueOf(publishCall.failure());
        };
  }

  static String formatClaims(List<Claim> claims) {
    return claims.stream()
        .map(claim -> shortId(claim.id()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  static String formatRecordedResults(
      List<AttemptResult> attemptResults, List<RecordedResult> recordedResults) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < recordedResults.size(); i++) {
      AttemptResult attemptResult = attemptResults.get(i);
      text.append(i == 0 ? "" : ", ")
          .append(shortId(attemptResult.claim().id()))
          .append(' ')
          .append(formatOutcome(attemptResult.attempt()))
          .append(" → ")
          .append(formatVerdict(attemptResult.verdict()))
          .append(recordedResults.get(i).late() ? " late" : "")
          .append(": ")
          .append(recordedResults.get(i).status().wireName());
    }
    return text.append(']').toString();
  }

  private static String formatOutcome(@Nullable Attempt attempt) {
    return attempt == null ? "not sent" : formatOutcome(attempt.outcome());
  }

  static String formatOutcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _ -> "2xx";
      case Outcome.Failed(var error, _, _) -> error.wireName();
    };
  }

  private static String formatVerdict(Verdict verdict) {
    return switch (verdict) {
      case Verdict.RetryAt(var due) -> "retry at " + due;
      case Verdict.Skip(var reason) -> "skip " + reason.wireName();
      case Verdict.Done _ -> "done";
      case Verdict.GiveUp _ -> "give up";
      case Verdict.Unchanged _ -> "unchanged";
    };
  }
}
