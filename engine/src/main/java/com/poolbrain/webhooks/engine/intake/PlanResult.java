package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import java.util.List;

/// What the planner makes of a submission.
public sealed interface PlanResult {

  /// It is to be stored, and then answered so.
  record Planned(Plan plan, List<Receipt> receipts) implements PlanResult {}

  /// It was answered before; nothing is to be stored.
  record AlreadyAnswered(List<Receipt> receipts) implements PlanResult {}

  /// It can't be accepted.
  record Refused(PublishResult result) implements PlanResult {}
}
