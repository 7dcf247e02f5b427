package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.UuidV7;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// Events of some companies in a period: those accepted in it, and those that occurred in it and
/// were accepted within [#MAX_DELAY] of that.
///
/// @param companies whose events of both kinds are wanted
/// @param lateCompanies whose events of the second kind are wanted
public record EventPeriod(Set<Long> companies, Set<Long> lateCompanies, Instant from, Instant to) {

  /// Longest time between the business event and its acceptance.
  public static final Duration MAX_DELAY = Duration.ofHours(24);

  public EventPeriod {
    companies = Set.copyOf(companies);
    lateCompanies = Set.copyOf(lateCompanies);
  }

  UUID first() {
    return UuidV7.lowerBound(from);
  }

  UUID end() {
    return UuidV7.lowerBound(to.plusMillis(1));
  }

  UUID earliest() {
    return UuidV7.lowerBound(from.minus(MAX_DELAY));
  }

  UUID latest() {
    return UuidV7.lowerBound(to.plus(MAX_DELAY).plusMillis(1));
  }
}
