package com.poolbrain.webhooks.store.erasure;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Scope;
import com.poolbrain.webhooks.domain.job.Job.Step;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobParameters.Customer;
import com.poolbrain.webhooks.domain.job.JobRequest;
import com.poolbrain.webhooks.engine.erasure.CustomerContent;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.store.config.ConfigTransactions;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.job.JobWork;
import com.poolbrain.webhooks.store.job.Jobs;
import com.poolbrain.webhooks.store.job.Jobs.StartResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Erases the content about one customer: the items of its events, their search entries, and the
/// stored responses to their deliveries.
///
/// The start is a change of the configuration, so that within a second no node begins an attempt
/// with such content. Events that were planned with that configuration, or a later one, are not
/// concerned. Passes over the search entries are repeated until one finds nothing: a transaction
/// that began before the start may end later.
public final class CustomerErasure implements JobWork {

  private static final int BATCH_SIZE = 50;
  private static final int MAX_COUNTED = 1_000;
  private static final UUID MIN_ID = new UUID(0, 0);
  private static final Duration OWNER_WAIT = Duration.ofMillis(200);
  private static final Duration LOCK_WAIT = Duration.ofMillis(50);

  private static final String COUNT_CANDIDATES =
      """
      select count(*) from event_ref where company_id = :company and ref = :customer
      """;

  private static final String FIND_CANDIDATES =
      """
      select event_id from event_ref
      where company_id = :company and ref = :customer and event_id > :after
      order by event_id
      limit :limit
      """;

  private static final String READ_EVENTS =
      """
      select id, data, config_version from event
      where id = any(:ids::uuid[]) and company_id = :company
      order by id
      """;

  private static final String LOCK_EVENTS = READ_EVENTS + "for update";

  private static final String SET_POSITION =
      """
      update job set position = :position where id = :id
      """;

  private static final String TOUCH_COMPANY =
      """
      update company set version = :version where id = :company
      """;

  /// Waits for no other change of the configuration, which may wait for this job.
  private static final String RELEASE =
      """
      with free as (
        select version from config for update skip locked
      ), incremented as (
        update config set version = config.version + 1 from free returning config.version
      )
      update company set version = incremented.version from incremented where id = :company
      """;

  private static final String IS_RESPECTED =
      """
      select clock_timestamp() > created_at + interval '1500 milliseconds' from job where id = :id
      """;

  private final ConfigTransactions configTransactions;
  private final Jobs jobs;
  private final OpenDeliveryCanceller canceller;

  /// @param onSkipped gets the deliveries that were cancelled
  public CustomerErasure(
      ConfigTransactions configTransactions, Jobs jobs, Consumer<DeliveriesSkipped> onSkipped) {
    this.configTransactions = configTransactions;
    this.jobs = jobs;
    this.canceller = new OpenDeliveryCanceller(onSkipped);
  }

  @Override
  public JobKind kind() {
    return JobKind.ERASE;
  }

  /// Where a job is.
  ///
  /// @param version of the configuration with which it began
  /// @param after the last event of the present pass
  /// @param found how many events the present pass erased
  private record Position(long version, UUID after, long found) {

    static Position parse(String text) {
      String[] parts = text.split(" ", 3);
      return new Position(
          Long.parseLong(parts[0]), UUID.fromString(parts[1]), Long.parseLong(parts[2]));
    }

    @Override
    public String toString() {
      return version + " " + after + " " + found;
    }
  }

  private record StoredEvent(UUID id, byte[] data, long configVersion) {}

  /// Starts the erasure of a customer.
  public StartResult start(long companyId, String customerId, Actor actor) {
    long count = configTransactions.read(handle -> count(handle, companyId, customerId));
    var request =
        new JobRequest(JobKind.ERASE, new Scope(companyId, null), new Customer(customerId));
    return configTransactions.change(
        actor,
        change -> {
          Handle handle = change.handle();
          StartResult result = jobs.start(handle, request, actor, _ -> count);
          if (result instanceof StartResult.Started(Job job)) {
            handle
                .createUpdate(TOUCH_COMPANY)
                .bind("version", change.version())
                .bind("company", companyId)
                .execute();
            handle
                .createUpdate(SET_POSITION)
                .bind("position", new Position(change.version(), MIN_ID, 0).toString())
                .bind("id", job.id())
                .execute();
          }
          return result;
        });
  }

  /// Lets nodes send again what a cancelled job did not erase.
  public void release(long companyId, Actor actor) {
    configTransactions.change(
        actor,
        change ->
            change
                .handle()
                .createUpdate(TOUCH_COMPANY)
                .bind("version", change.version())
                .bind("company", companyId)
                .execute());
  }

  /// How many events concern the customer: exact up to a thousand search entries, beyond that the
  /// number of the entries.
  private static long count(Handle handle, long companyId, String customerId) {
    long candidates =
        handle
            .createQuery(COUNT_CANDIDATES)
            .bind("company", companyId)
            .bind("customer", customerId)
            .mapTo(Long.class)
            .one();
    if (candidates > MAX_COUNTED) {
      return candidates;
    }
    long count = 0;
    List<UUID> batch = findCandidates(handle, companyId, customerId, MIN_ID);
    while (!batch.isEmpty()) {
      count +=
          readEvents(handle, READ_EVENTS, companyId, batch).stream()
              .filter(event -> CustomerContent.isIn(event.data(), customerId))
              .count();
      batch = findCandidates(handle, companyId, customerId, batch.getLast());
    }
    return count;
  }

  @Override
  public Step runStep(Handle handle, Job job) {
    long companyId = Objects.requireNonNull(job.scope().companyId());
    String customerId = ((Customer) job.parameters()).customerId();
    Position position = Position.parse(Objects.requireNonNull(job.position()));
    if (!handle.createQuery(IS_RESPECTED).bind("id", job.id()).mapTo(Boolean.class).one()) {
      return new Step.Continue(0, position.toString(), OWNER_WAIT);
    }
    List<UUID> batch = findCandidates(handle, companyId, customerId, position.after());
    if (batch.isEmpty()) {
      return endPass(handle, companyId, position);
    }
    Map<UUID, CustomerContent.Erased> erased = new LinkedHashMap<>();
    for (StoredEvent event : readEvents(handle, LOCK_EVENTS, companyId, batch)) {
      CustomerContent.Erased content =
          event.configVersion() < position.version()
              ? CustomerContent.erase(event.data(), customerId)
              : null;
      if (content != null) {
        erased.put(event.id(), content);
      }
    }
    List<UUID> events = List.copyOf(erased.keySet());
    if (!events.isEmpty() && !erase(handle, companyId, events, erased)) {
      return new Step.Continue(0, position.toString(), OWNER_WAIT);
    }
    return new Step.Continue(
        events.size(),
        new Position(position.version(), batch.getLast(), position.found() + events.size())
            .toString());
  }

  /// @return false if nodes still own deliveries of these events
  private boolean erase(
      Handle handle, long companyId, List<UUID> events, Map<UUID, CustomerContent.Erased> erased) {
    // A redelivery locks these rows too: it waits for this step, or its row is seen below.
    StoredAnswers.lock(handle, companyId, events);
    if (canceller.cancelOfEvents(handle, companyId, events) > 0) {
      return false;
    }
    StoredAnswers.erase(handle, companyId, StoredAnswers.lock(handle, companyId, events));
    erased.forEach((event, content) -> ErasedEvent.write(handle, companyId, event, content));
    return true;
  }

  private static Step endPass(Handle handle, long companyId, Position position) {
    if (position.found() > 0) {
      return new Step.Continue(0, new Position(position.version(), MIN_ID, 0).toString());
    }
    return handle.createUpdate(RELEASE).bind("company", companyId).execute() == 1
        ? new Step.Finish(0, null)
        : new Step.Continue(0, position.toString(), LOCK_WAIT);
  }

  private static List<UUID> findCandidates(
      Handle handle, long companyId, String customerId, UUID after) {
    return handle
        .createQuery(FIND_CANDIDATES)
        .bind("company", companyId)
        .bind("customer", customerId)
        .bind("after", after)
        .bind("limit", BATCH_SIZE)
        .map((row, _) -> ColumnValues.uuid(row, "event_id"))
        .list();
  }

  private static List<StoredEvent> readEvents(
      Handle handle, String statement, long companyId, List<UUID> ids) {
    return handle
        .createQuery(statement)
        .bind("company", companyId)
        .bind("ids", ColumnValues.uuidArray(ids))
        .map((row, _) ->
            new StoredEvent(
                ColumnValues.uuid(row, "id"), row.getBytes("data"), row.getLong("config_version")))
        .list();
  }
}
