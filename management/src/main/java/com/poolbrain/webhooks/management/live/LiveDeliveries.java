package com.poolbrain.webhooks.management.live;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.WakeableLoop;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.ManagementException.TooManyRequests;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.session.SessionManagement;
import com.poolbrain.webhooks.store.query.DeliveryFilter;
import com.poolbrain.webhooks.store.query.DeliveryLog;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells viewers which deliveries are new or have changed, on whatever node. Each second it looks
/// once into the database for each company that has viewers here, however many they are.
public final class LiveDeliveries implements Service {

  static final int MAX_VIEWERS_PER_COMPANY = 100;
  static final int MAX_VIEWERS = 500;

  /// The size of the first page of the log.
  private static final int PAGE_SIZE = 50;

  /// How many of the newest deliveries a look finds, beside those that are shown.
  private static final int MAX_NEW = 50;

  /// The deliveries whose state one look reads again, at most: the newest ones that are shown.
  private static final int MAX_WATCHED = 500;

  /// A delivery is stored at most so long after its id was made. Older ones are not new.
  private static final Duration LOOKBACK = Duration.ofMinutes(1);

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration SESSION_INTERVAL = Duration.ofSeconds(10);
  private static final Duration UNTIL_WOKEN = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(LiveDeliveries.class);

  private final CompanyManagement companies;
  private final DeliveryLog deliveryLog;
  private final SessionManagement sessions;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Audience> audiences = new HashMap<>();
  private final AtomicLong looks = new AtomicLong();
  private final WakeableLoop loop;
  private long nextSessionCheckNanos;

  public LiveDeliveries(
      CompanyManagement companies,
      DeliveryLog deliveryLog,
      SessionManagement sessions,
      Clock clock,
      ThreadFactory threads) {
    this.companies = companies;
    this.deliveryLog = deliveryLog;
    this.sessions = sessions;
    this.clock = clock;
    this.nextSessionCheckNanos = clock.nanoTime();
    this.loop = new WakeableLoop(clock, threads, this::runOnce);
  }

  /// The viewers of a company, and what they were told.
  private static final class Audience {
    private final List<LiveViewer> viewers = new ArrayList<>();
    private final SeenDeliveries seen = new SeenDeliveries();
    private boolean hasLooked;

    private void tell(List<LoggedDelivery> found) {
      SeenDeliveries.Changes changes = seen.replace(found);
      boolean areAll = !hasLooked || changes.fresh() < MAX_NEW;
      hasLooked = true;
      if (!changes.deliveries().isEmpty()) {
        viewers.forEach(viewer -> viewer.offer(changes.deliveries(), areAll));
      }
    }
  }

  @Override
  public void start() {
    loop.start();
  }

  /// Begins to watch the deliveries of a company. The first batch is the first page of the log.
  ///
  /// @param sessionId the viewer is closed when this session ends
  /// @param filter without a search text, which is not followed
  /// @throws TooManyRequests if there are too many viewers
  public LiveViewer watch(Principal principal, UUID sessionId, DeliveryFilter filter) {
    Operation.READ_DELIVERIES.require(principal, filter.companyId());
    companies.requireExists(filter.companyId());
    if (filter.searchText() != null) {
      throw new IllegalArgumentException("a search can't be followed");
    }
    var viewer =
        new LiveViewer(
            sessionId, filter, UuidV7.lowerBound(clock.instant().minus(LOOKBACK)), clock);
    add(viewer);
    try {
      // After the viewer was added, so that no change is missed in between.
      List<LoggedDelivery> page = deliveryLog.list(filter, null, PAGE_SIZE).deliveries();
      begin(viewer, page);
      return viewer;
    } catch (RuntimeException | Error failure) {
      viewer.close();
      throw failure;
    }
  }

  private void add(LiveViewer viewer) {
    boolean isFirst;
    lock.lock();
    try {
      removeClosed();
      int onNode = countViewers();
      Audience audience = audiences.computeIfAbsent(viewer.companyId(), _ -> new Audience());
      if (audience.viewers.size() >= MAX_VIEWERS_PER_COMPANY || onNode >= MAX_VIEWERS) {
        throw new TooManyRequests(
            "%d pages show live deliveries, as many as may at a time; load the list again instead."
                .formatted(onNode));
      }
      audience.viewers.add(viewer);
      isFirst = onNode == 0;
    } finally {
      lock.unlock();
    }
    if (isFirst) {
      loop.wake();
    }
  }

  private void begin(LiveViewer viewer, List<LoggedDelivery> page) {
    lock.lock();
    try {
      Audience audience = audiences.get(viewer.companyId());
      if (audience != null) {
        audience.seen.add(page);
      }
      viewer.begin(page);
    } finally {
      lock.unlock();
    }
  }

  private void removeClosed() {
    audiences.values().forEach(audience -> audience.viewers.removeIf(LiveViewer::isClosed));
    audiences.values().removeIf(audience -> audience.viewers.isEmpty());
  }

  private int countViewers() {
    return audiences.values().stream().mapToInt(audience -> audience.viewers.size()).sum();
  }

  /// How many viewers this node has.
  public int viewers() {
    lock.lock();
    try {
      removeClosed();
      return countViewers();
    } finally {
      lock.unlock();
    }
  }

  /// How often this node looked into the database.
  public long looks() {
    return looks.get();
  }

  Duration runOnce() {
    Collection<Long> watchedCompanies = watchedCompanies();
    if (watchedCompanies.isEmpty()) {
      return UNTIL_WOKEN;
    }
    try {
      closeThoseOfEndedSessions();
      for (Long companyId : watchedCompanies) {
        look(companyId);
      }
    } catch (LedgerException unavailable) {
      LOG.debug("Live deliveries wait for the database: {}", unavailable.getMessage());
    }
    return INTERVAL;
  }

  private Collection<Long> watchedCompanies() {
    lock.lock();
    try {
      removeClosed();
      return List.copyOf(audiences.keySet());
    } finally {
      lock.unlock();
    }
  }

  private void look(long companyId) {
    List<UUID> watched = watched(companyId);
    looks.incrementAndGet();
    List<LoggedDelivery> found =
        deliveryLog.readLatest(companyId, clock.instant().minus(LOOKBACK), MAX_NEW, watched);
    lock.lock();
    try {
      Audience audience = audiences.get(companyId);
      if (audience != null) {
        audience.tell(found);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<UUID> watched(long companyId) {
    lock.lock();
    try {
      Audience audience = audiences.get(companyId);
      return audience == null
          ? List.of()
          : audience.viewers.stream()
              .flatMap(viewer -> viewer.shown().stream())
              .distinct()
              .sorted(UuidV7.ORDER.reversed())
              .limit(MAX_WATCHED)
              .toList();
    } finally {
      lock.unlock();
    }
  }

  private void closeThoseOfEndedSessions() {
    if (clock.nanoTime() - nextSessionCheckNanos < 0) {
      return;
    }
    nextSessionCheckNanos = clock.nanoTime() + SESSION_INTERVAL.toNanos();
    List<LiveViewer> all = allViewers();
    Set<UUID> open =
        sessions.findOpen(all.stream().map(LiveViewer::sessionId).collect(Collectors.toSet()));
    all.stream().filter(viewer -> !open.contains(viewer.sessionId())).forEach(LiveViewer::close);
  }

  private List<LiveViewer> allViewers() {
    lock.lock();
    try {
      return audiences.values().stream().flatMap(audience -> audience.viewers.stream()).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Closes all viewers.
  @Override
  public void close() {
    loop.close();
    allViewers().forEach(LiveViewer::close);
  }
}
