package com.poolbrain.webhooks.engine;

import java.util.List;

/// What the planner makes of a submission.
sealed interface Planning {

  /// It is to be stored, and then answered so.
  record Planned(Plan plan, List<Receipt> receipts) implements Planning {}

  /// It was answered before; nothing is to be stored.
  record Answered(List<Receipt> receipts) implements Planning {}

  /// It can't be accepted.
  record Refused(Acceptance acceptance) implements Planning {}
}
