package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.Planning.Planned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts submissions: plans them, makes them durable many at a time, and hands their deliveries
/// to the lanes.
final class Publishing implements Service {

  private static final Logger log = LoggerFactory.getLogger(Publishing.class);
  private static final int TRIES = 50;

  private final Node node;
  private final Planner planner;
  private final Consumer<Planned> accepted;
  private final GroupCommit<Pending> commit;

  /// @param turn what is taken to store a batch
  /// @param accepted is told of each plan that became durable
  Publishing(
      Node node,
      Planner planner,
      Clock clock,
      Turn turn,
      ThreadFactory threads,
      Consumer<Planned> accepted) {
    this.node = node;
    this.planner = planner;
    this.accepted = accepted;
    this.commit =
        new GroupCommit<>(
            GroupCommit.BatchLimits.DEFAULT,
            clock,
            threads,
            new GroupCommit.Work<>(this::commit, Publishing::fail, turn));
  }

  private record Pending(
      Submission submission, int rows, long bytes, CompletableFuture<Acceptance> answer)
      implements GroupCommit.Entry {

    @Override
    public long companyId() {
      return submission.parts().getFirst().companyId();
    }
  }

  @Override
  public void start() {
    commit.start();
  }

  /// Hands in a submission. The answer comes when it is durable, or can't become so; it completes
  /// exceptionally with a [LedgerException].
  CompletableFuture<Acceptance> accept(Submission submission) {
    CompletableFuture<Acceptance> answer = new CompletableFuture<>();
    if (!commit.add(pending(submission, answer))) {
      answer.completeExceptionally(new LedgerException.Away("the service is shutting down"));
    }
    return answer;
  }

  private Pending pending(Submission submission, CompletableFuture<Acceptance> answer) {
    Directory directory = node.membership().view().directory();
    int rows = 0;
    long bytes = 0;
    for (Part part : submission.parts()) {
      Subscriptions subscriptions = directory.company(part.companyId());
      int deliveries = subscriptions == null ? 0 : subscriptions.deliveries(part.type());
      rows += part.items().size() * (1 + deliveries);
      for (Part.Item item : part.items()) {
        bytes += item.data().length;
      }
    }
    return new Pending(submission, rows, bytes, answer);
  }

  private void commit(List<Pending> batch) {
    List<Pending> again = new ArrayList<>(0);
    store(withoutTwins(batch, again));
    for (Pending twin : again) {
      store(List.of(twin));
    }
  }

  /// Two submissions with the same key can't be stored together: the second is a repeat of the
  /// first.
  private static List<Pending> withoutTwins(List<Pending> batch, List<Pending> twins) {
    List<Pending> first = new ArrayList<>(batch.size());
    Set<IdempotencyKey> seen = new HashSet<>();
    for (Pending pending : batch) {
      Set<IdempotencyKey> keys = pending.submission().keys();
      boolean isNew = keys.stream().noneMatch(seen::contains);
      seen.addAll(keys);
      (isNew ? first : twins).add(pending);
    }
    return first;
  }

  /// Stores a batch and answers everybody in it, whatever happens.
  private void store(List<Pending> batch) {
    try {
      storeUnderCurrentConfiguration(batch);
    } catch (LedgerException.Refused refused) {
      if (batch.size() == 1) {
        log.error("A submission can't be stored; its publisher is told so", refused);
        fail(batch, refused);
      } else {
        batch.forEach(pending -> store(List.of(pending)));
      }
    } catch (LedgerException away) {
      fail(batch, away);
    } catch (InterruptedException _) {
      fail(batch, new LedgerException.Away("the service is shutting down"));
    } catch (RuntimeException | Error bug) {
      log.error("Accepting failed; {} publishers are told so", batch.size(), bug);
      fail(batch, bug);
    }
  }

  private void storeUnderCurrentConfiguration(List<Pending> batch) throws InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      Membership.View view = node.membership().view();
      Drafts drafts = plan(batch, view.directory());
      switch (store(view, drafts)) {
        case STORED -> {
          handOver(view, drafts);
          answer(batch, drafts);
          return;
        }
        case STALE, DEAD -> node.membership().refresh();
        case KEY_KNOWN -> {}
      }
    }
    throw new LedgerException.Away("the configuration changes too often to accept by it");
  }

  /// What is to be done about each submission of a batch, in its order.
  private record Drafts(List<Planning> plannings, List<Plan> plans, List<Claim> admitted) {}

  private Drafts plan(List<Pending> batch, Directory directory) {
    Map<IdempotencyKey, Remembered> known = known(batch);
    Drafts drafts = new Drafts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Pending pending : batch) {
      Planning planning = planner.plan(pending.submission(), directory, known, node.lanes());
      drafts.plannings().add(planning);
      if (planning instanceof Planned(Plan plan, _)) {
        drafts.plans().add(plan);
        for (NewDelivery delivery : plan.deliveries()) {
          if (delivery.owned()) {
            drafts.admitted().add(delivery.claim());
          }
        }
      }
    }
    return drafts;
  }

  private Map<IdempotencyKey, Remembered> known(List<Pending> batch) {
    Set<IdempotencyKey> keys = new HashSet<>();
    for (Pending pending : batch) {
      keys.addAll(pending.submission().keys());
    }
    return keys.isEmpty() ? new HashMap<>() : node.ledger().remembered(keys);
  }

  private Storing store(Membership.View view, Drafts drafts) {
    Storing storing = Storing.DEAD;
    try {
      storing = node.ledger().store(view.incarnation(), view.directory().version(), drafts.plans());
      return storing;
    } catch (LedgerException.InDoubt doubt) {
      node.membership().doubt(view.incarnation());
      throw doubt;
    } finally {
      if (storing != Storing.STORED) {
        node.lanes().withdraw(drafts.admitted());
      }
    }
  }

  /// If this node began another life meanwhile, what it stored in the old one is freed for claims.
  private void handOver(Membership.View view, Drafts drafts) {
    if (node.membership().view().incarnation().equals(view.incarnation())) {
      node.lanes().enter(Owned.all(drafts.admitted(), view.incarnation()));
    } else {
      node.lanes().withdraw(drafts.admitted());
    }
  }

  private void answer(List<Pending> batch, Drafts drafts) {
    for (int i = 0; i < batch.size(); i++) {
      Acceptance acceptance =
          switch (drafts.plannings().get(i)) {
            case Planned planned -> {
              accepted.accept(planned);
              yield new Acceptance.Accepted(planned.receipts());
            }
            case Planning.Answered(var receipts) -> new Acceptance.Accepted(receipts);
            case Planning.Refused(var why) -> why;
          };
      batch.get(i).answer().complete(acceptance);
    }
  }

  private static void fail(List<Pending> batch, Throwable why) {
    batch.forEach(pending -> pending.answer().completeExceptionally(why));
  }

  /// Takes nothing more, and returns when everything that was taken is answered.
  @Override
  public void close() {
    commit.close();
  }
}
