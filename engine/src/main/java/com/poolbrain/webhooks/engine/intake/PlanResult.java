package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import java.util.List;

/// How planning a publish request ended.
public sealed interface PlanResult {

  /// The plan is to be stored, and then answered with these receipts.
  record Planned(Plan plan, List<Receipt> receipts) implements PlanResult {}

  /// The request was answered before; nothing is to be stored.
  record AlreadyAnswered(List<Receipt> receipts) implements PlanResult {}

  /// The request can't be accepted.
  record Refused(PublishResult result) implements PlanResult {}
}
