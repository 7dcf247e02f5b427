package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.Backlog;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.Ledger;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Remembered;
import com.poolbrain.webhooks.engine.Renewal;
import com.poolbrain.webhooks.engine.Reopening;
import com.poolbrain.webhooks.engine.Room;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import com.poolbrain.webhooks.engine.Storing;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;

/// One node's way to the ledger, on which calls take time and get lost.
final class NodeLedger implements Ledger {

  private final SimulatedLedger ledger;
  private final World world;
  private final String node;
  private final Crew life;

  NodeLedger(SimulatedLedger ledger, World world, Crew life) {
    this.ledger = ledger;
    this.world = world;
    this.life = life;
    this.node = life.name();
  }

  private <T> T read(String what, Supplier<T> call) {
    sleep(world.weather().latency());
    switch (world.weather().fate(what)) {
      case ANSWERED -> {}
      case BUG -> throw new StackOverflowError("simulated bug in " + what);
      case AWAY, REFUSED, LOST_BEFORE, LOST_AFTER, LOST_AND_LATE -> throw away(what);
    }
    T answer = call.get();
    sleep(world.weather().latency());
    return answer;
  }

  private <T> T write(String call, Supplier<T> effect) {
    return write(call, () -> call, effect);
  }

  /// @param call its kind
  /// @param what it is, in words, for the journal
  private <T> T write(String call, Supplier<String> what, Supplier<T> effect) {
    sleep(world.weather().latency());
    return switch (world.weather().fate(call)) {
      case ANSWERED -> {
        T answer = effect.get();
        if (!nothing(answer)) {
          world.journal().note(node, () -> what.get() + " → " + answer);
        }
        sleep(world.weather().latency());
        yield answer;
      }
      case AWAY -> throw away(call);
      case REFUSED -> throw new LedgerException.Refused("simulated", new IOException("refused"));
      case BUG -> throw new IllegalStateException("simulated bug in " + what.get());
      case LOST_BEFORE -> throw inDoubt(() -> what.get() + " is not stored");
      case LOST_AFTER -> {
        T answer = effect.get();
        sleep(world.weather().latency());
        throw inDoubt(() -> what.get() + " is stored: " + answer);
      }
      case LOST_AND_LATE -> {
        world.later(() -> {
          T answer = effect.get();
          world.journal().note(node, () -> what.get() + " is stored late: " + answer);
        });
        throw inDoubt(() -> what.get() + " will be stored");
      }
    };
  }

  /// Whether an answer says that there was nothing to do.
  private static boolean nothing(Object answer) {
    return answer.equals(0) || (answer instanceof Claims(var claims) && claims.isEmpty());
  }

  private void sleep(Duration time) {
    try {
      life.work(time);
    } catch (InterruptedException nobodyDoesThat) {
      throw new IllegalStateException(nobodyDoesThat);
    }
  }

  private LedgerException.Away away(String what) {
    world.journal().note(node, () -> what + ": the ledger is away");
    return new LedgerException.Away("simulated", new IOException("away"));
  }

  private LedgerException.InDoubt inDoubt(Supplier<String> what) {
    world.journal().note(node, () -> what.get() + ", but the answer is lost");
    return new LedgerException.InDoubt("simulated", new IOException("lost"));
  }

  @Override
  public void begin(UUID incarnation, Duration lease) {
    world.begin(incarnation, life);
    write(
        "begin",
        () -> "begin " + incarnation,
        () -> {
          ledger.begin(incarnation, lease);
          return "begun";
        });
  }

  @Override
  public Renewal renew(UUID incarnation, Duration lease, long knownVersion) {
    sleep(world.weather().latency());
    if (world.weather().fate("renew") != Weather.Fate.ANSWERED) {
      throw away("renew");
    }
    Renewal renewal = ledger.renew(incarnation, lease, knownVersion);
    world.count(life, renewal.liveNodes());
    if (!renewal.alive() || !renewal.changed().isEmpty()) {
      world
          .journal()
          .note(
              node,
              () ->
                  renewal.alive()
                      ? "learns configuration " + renewal.version()
                      : incarnation + " is dead");
    }
    sleep(world.weather().latency());
    return renewal;
  }

  @Override
  public int bury(UUID incarnation) {
    return write("bury", () -> ledger.bury(incarnation));
  }

  @Override
  public void end(UUID incarnation) {
    write(
        "end",
        () -> "end " + incarnation,
        () -> {
          ledger.end(incarnation);
          return "ended";
        });
  }

  @Override
  public Map<IdempotencyKey, Remembered> remembered(Collection<IdempotencyKey> keys) {
    return read("remembered", () -> ledger.remembered(keys));
  }

  @Override
  public Storing store(UUID incarnation, long version, List<Plan> plans) {
    return write(
        "store",
        () -> Wording.store(version, plans),
        () -> ledger.store(incarnation, version, plans));
  }

  @Override
  public List<Backlog> backlogs() {
    return read("backlogs", ledger::backlogs);
  }

  @Override
  public List<Claim> claim(UUID incarnation, List<Room> rooms) {
    return write("claim", () -> new Claims(ledger.claim(incarnation, rooms))).claims();
  }

  private record Claims(List<Claim> claims) {
    @Override
    public String toString() {
      return Wording.claims(claims);
    }
  }

  @Override
  public List<Settled> settle(UUID incarnation, List<Settlement> settlements) {
    return write("settle", () -> new Results(settlements, ledger.settle(incarnation, settlements)))
        .settled();
  }

  private record Results(List<Settlement> settlements, List<Settled> settled) {
    @Override
    public String toString() {
      return Wording.settled(settlements, settled);
    }
  }

  @Override
  public OptionalInt skip(
      long version, UUID endpointId, SkipReason reason, List<String> keep, int limit) {
    return write(
        "skip",
        () -> "skip " + Wording.shortly(endpointId) + " " + reason.word(),
        () -> ledger.skip(version, endpointId, reason, keep, limit));
  }

  @Override
  public Reopening reopen(UUID incarnation, long companyId, UUID deliveryId) {
    return write(
            "reopen",
            () -> "reopen " + Wording.shortly(deliveryId),
            () -> new Reopened(ledger.reopen(incarnation, companyId, deliveryId)))
        .reopening();
  }

  private record Reopened(Reopening reopening) {
    @Override
    public String toString() {
      return reopening.getClass().getSimpleName();
    }
  }

  @Override
  public Cancelling cancel(long companyId, UUID deliveryId) {
    return write(
        "cancel",
        () -> "cancel " + Wording.shortly(deliveryId),
        () -> ledger.cancel(companyId, deliveryId));
  }
}
