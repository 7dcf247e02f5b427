package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings to the lanes what nobody owns: retries whose time has come, deliveries of the dead, and
/// what found no room when it was accepted.
final class Claiming implements Service {

  private static final Logger log = LoggerFactory.getLogger(Claiming.class);
  private static final Duration SCAN_EVERY = Duration.ofSeconds(1);
  private static final Duration SWEEP_AGAIN = Duration.ofMillis(20);
  private static final Duration HELD = Duration.ofMillis(300);

  private final Node node;
  private final Clock clock;
  private final Sweeping sweeping;
  private final Ticker ticker;
  private final Hints hints = new Hints();
  private @Nullable Long scannedAt;
  private volatile @Nullable Instant oldestDue;

  Claiming(Node node, Clock clock, Sweeping sweeping, ThreadFactory threads) {
    this.node = node;
    this.clock = clock;
    this.sweeping = sweeping;
    this.ticker = new Ticker(clock, threads, this::round);
  }

  @Override
  public void start() {
    ticker.start();
  }

  /// A delivery of that endpoint waits for that moment.
  void expect(UUID endpointId, Instant due) {
    if (hints.add(new Backlog(endpointId, due))) {
      ticker.wake();
    }
  }

  /// Looks at once whether lanes can take more, or something is to be swept.
  void wake() {
    ticker.wake();
  }

  /// When the longest waiting delivery without an owner was due; null if none is due.
  @Nullable Instant oldestDue() {
    return oldestDue;
  }

  private Duration round() {
    try {
      if (!node.membership().fresh()) {
        return HELD;
      }
      boolean more = sweeping.sweep(node.membership().view().directory());
      claim(wanted());
      return more ? SWEEP_AGAIN : untilNext();
    } catch (LedgerException _) {
      return HELD; // the membership says so, and lanes hold until it is back
    } catch (RuntimeException bug) {
      log.error("Claiming failed; trying again in {}", SCAN_EVERY, bug);
      return SCAN_EVERY;
    }
  }

  private Map<UUID, Endpoint> wanted() {
    Directory directory = node.membership().view().directory();
    Map<UUID, Endpoint> wanted = new LinkedHashMap<>();
    for (UUID endpointId : hints.dueBy(clock.instant())) {
      want(wanted, directory.place(endpointId));
    }
    for (UUID endpointId : node.lanes().hungry()) {
      want(wanted, directory.place(endpointId));
    }
    if (!untilScan().isPositive()) {
      scan(wanted, directory);
      scannedAt = clock.nanoTime();
    }
    return wanted;
  }

  private void scan(Map<UUID, Endpoint> wanted, Directory directory) {
    Instant now = clock.instant();
    Instant oldest = null;
    for (Backlog backlog : node.ledger().backlogs()) {
      Directory.Place place = directory.place(backlog.endpointId());
      if (place != null && place.subscriptions().closed(place.endpoint()) != null) {
        sweeping.add(backlog.endpointId(), directory.version());
      }
      if (backlog.firstDue().isAfter(now)) {
        hints.add(backlog);
      } else {
        want(wanted, place);
        oldest =
            oldest == null || backlog.firstDue().isBefore(oldest) ? backlog.firstDue() : oldest;
      }
    }
    oldestDue = oldest;
  }

  /// An endpoint that this node does not know yet, or can't sign for, is left to the next scan.
  private static void want(Map<UUID, Endpoint> wanted, Directory.@Nullable Place place) {
    if (place != null && place.signs()) {
      wanted.put(place.endpoint().id(), place.endpoint());
    }
  }

  private void claim(Map<UUID, Endpoint> wanted) {
    List<Room> rooms = node.lanes().rooms(new ArrayList<>(wanted.values()));
    if (rooms.isEmpty()) {
      return;
    }
    Membership.View view = node.membership().view();
    List<Claim> claims = claim(view.incarnation(), rooms);
    Map<UUID, Integer> taken = new HashMap<>();
    for (Claim claim : claims) {
      taken.merge(claim.endpointId(), 1, Integer::sum);
    }
    node.lanes().enterClaimed(Owned.all(claims, view.incarnation()));
    for (Room room : rooms) {
      if (taken.getOrDefault(room.endpointId(), 0) < room.places()) {
        node.lanes().caughtUp(room.endpointId());
      } else {
        node.lanes().overflows(room.endpointId());
      }
    }
  }

  private List<Claim> claim(UUID incarnation, List<Room> rooms) {
    try {
      return node.ledger().claim(incarnation, rooms);
    } catch (LedgerException.InDoubt doubt) {
      node.membership().doubt(incarnation);
      throw doubt;
    }
  }

  private Duration untilNext() {
    Duration scan = untilScan();
    Instant next = hints.next();
    Duration hint = next == null ? scan : Duration.between(clock.instant(), next);
    return hint.compareTo(scan) < 0 ? hint : scan;
  }

  private Duration untilScan() {
    return scannedAt == null ? Duration.ZERO : SCAN_EVERY.minusNanos(clock.nanoTime() - scannedAt);
  }

  /// Lets a running round end and claims nothing more.
  @Override
  public void close() {
    ticker.close();
  }
}
