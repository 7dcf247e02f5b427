package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Acceptance;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a journal words things.
final class Wording {

  private Wording() {}

  /// The last digits of an id: enough to tell it from the others of one story.
  static String shortly(UUID id) {
    return id.toString().substring(28);
  }

  static String store(long version, List<Plan> plans) {
    return "store by configuration "
        + version
        + ": "
        + plans.stream()
            .flatMap(plan -> plan.deliveries().stream())
            .map(Wording::made)
            .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String made(NewDelivery made) {
    String how = made.skip() != null ? made.skip().word() : made.owned() ? "owned" : "waiting";
    return shortly(made.id()) + " for " + shortly(made.endpointId()) + " " + how;
  }

  static String parts(Publication publication) {
    return publication.submission().parts().stream()
            .map(part -> part.items().size() + " " + part.type().name() + " of " + part.companyId())
            .collect(Collectors.joining(", "))
        + (publication.submission().keys().isEmpty() ? "" : " " + publication.submission().keys());
  }

  static String answer(Publication publication) {
    return "answers publication "
        + publication.number()
        + ": "
        + switch (publication.acceptance()) {
          case Acceptance.Accepted(var receipts) ->
              receipts.stream()
                  .map(receipt ->
                      receipt.ids().stream().map(Wording::shortly).toList()
                          + " to "
                          + receipt.deliveries()
                          + ", skipped "
                          + receipt.skipped())
                  .collect(Collectors.joining("; "));
          case Acceptance.Rejected rejected -> rejected.toString();
          case Acceptance.Conflict conflict -> conflict.toString();
          case null -> String.valueOf(publication.failure());
        };
  }

  static String claims(List<Claim> claims) {
    return claims.stream()
        .map(claim -> shortly(claim.id()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  static String settled(List<Settlement> settlements, List<Settled> settled) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < settled.size(); i++) {
      Settlement settlement = settlements.get(i);
      text.append(i == 0 ? "" : ", ")
          .append(shortly(settlement.claim().id()))
          .append(' ')
          .append(outcome(settlement.attempt()))
          .append(" → ")
          .append(verdict(settlement.verdict()))
          .append(settled.get(i).late() ? " LATE" : "")
          .append(": ")
          .append(settled.get(i).status().word());
    }
    return text.append(']').toString();
  }

  private static String outcome(@Nullable Attempt attempt) {
    return attempt == null ? "unsent" : outcome(attempt.outcome());
  }

  static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _ -> "2xx";
      case Outcome.Failed(var error, _, _) -> error.word();
    };
  }

  private static String verdict(Verdict verdict) {
    return switch (verdict) {
      case Verdict.RetryAt(var due) -> "again at " + due;
      case Verdict.Skip(var reason) -> "skip " + reason.word();
      case Verdict.Done _ -> "done";
      case Verdict.GiveUp _ -> "give up";
      case Verdict.Unchanged _ -> "unchanged";
    };
  }
}
