package com.poolbrain.webhooks.management.probe;

import com.poolbrain.webhooks.engine.request.EndpointProbe;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Checks URLs while users type them: by the rules of endpoints, and with a probe that sends no
/// request. A session may probe ten URLs a minute.
public final class UrlChecks {

  static final int PROBES_PER_MINUTE = 10;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long NANOS_PER_PROBE = Duration.ofMinutes(1).toNanos() / PROBES_PER_MINUTE;
  private static final int MAX_SESSIONS = 10_000;

  private final EndpointManagement endpoints;
  private final EndpointProbe probe;
  private final LongSupplier nanoTime;

  /// For each session, the time at which all its probes are paid for at the allowed rate. Those of
  /// the sessions that probed last.
  private final Map<UUID, Long> paidAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
          return size() > MAX_SESSIONS;
        }
      };

  public UrlChecks(EndpointManagement endpoints, EndpointProbe probe, LongSupplier nanoTime) {
    this.endpoints = endpoints;
    this.probe = probe;
    this.nanoTime = nanoTime;
  }

  /// Checks a URL by the rules alone.
  public UrlCheck check(Principal principal, long companyId, String url) {
    Operation.CHANGE_ENDPOINTS.require(principal, companyId);
    String error = endpoints.findUrlError(url);
    return error == null ? new UrlCheck.Valid() : new UrlCheck.Invalid(error);
  }

  /// Checks a URL by the rules, and probes it if it keeps them.
  ///
  /// @param sessionId whose probes are counted
  public UrlCheck probe(Principal principal, long companyId, UUID sessionId, String url)
      throws InterruptedException {
    UrlCheck byRules = check(principal, companyId, url);
    if (!(byRules instanceof UrlCheck.Valid)) {
      return byRules;
    }
    return mayProbe(sessionId)
        ? new UrlCheck.Probed(probe.probe(URI.create(url), TIMEOUT))
        : new UrlCheck.TooMany();
  }

  private synchronized boolean mayProbe(UUID sessionId) {
    long now = nanoTime.getAsLong();
    @Nullable Long paid = paidAt.get(sessionId);
    long begin = paid == null || paid - now < 0 ? now : paid;
    if (begin - now > NANOS_PER_PROBE * (PROBES_PER_MINUTE - 1)) {
      return false;
    }
    paidAt.put(sessionId, begin + NANOS_PER_PROBE);
    return true;
  }
}
