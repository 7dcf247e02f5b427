package com.poolbrain.webhooks.bench.crash;

import com.poolbrain.webhooks.cli.listen.IdentityFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Kills a node again and again, and starts it again on the same folder, while publishers go on.
///
/// ```java
/// try (var rounds = new CrashRounds(folder, CrashPlan.of(200, seed))) {
///   CrashReport report = rounds.run(System.out::println);
/// }
/// ```
public final class CrashRounds implements AutoCloseable {

  /// Deliveries that a node may have sent and not have on record: attempts that run, and results
  /// that wait to be recorded. So many may come again after a kill.
  public static final int MOST_UNRECORDED = 4 * 32;

  private static final String MOST_IN_FLIGHT = "32";
  private static final String KEY = "pbk_crash-operator-0123456789abcdef";
  private static final List<Long> COMPANIES = List.of(40L, 41L);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
  private static final Duration FIRST_GUESS = Duration.ofSeconds(2);

  private final CrashPlan plan;
  private final Map<String, String> settings;
  private final Random random;
  private final List<Moment> moments = new ArrayList<>();
  private final Stage stage;
  private final List<CrashReport.Round> done = new ArrayList<>();
  private @Nullable ServiceProcess running;

  /// The one that is not killed yet.
  private volatile @Nullable ServiceProcess living;

  private long usualStart = FIRST_GUESS.toNanos();

  /// Who is there besides the service.
  private record Stage(Books books, Mailbox mailbox, Publishers publishers) {}

  /// Starts the service once, and sets everything up.
  ///
  /// @param folder for the data, empty or not there
  public CrashRounds(Path folder, CrashPlan plan)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.plan = plan;
    this.random = new Random(plan.seed());
    Path authority = folder.resolve("consumer.pem");
    this.settings =
        Map.of(
            "WEBHOOKS_MAX_IN_FLIGHT",
            MOST_IN_FLIGHT,
            "WEBHOOKS_PORT",
            "0",
            "WEBHOOKS_DATA_DIR",
            folder.resolve("data").toString(),
            "WEBHOOKS_ADMIN_KEY",
            KEY,
            "WEBHOOKS_ALLOWED_NETWORKS",
            "127.0.0.0/8",
            "WEBHOOKS_EXTRA_CA",
            authority.toString(),
            "WEBHOOKS_RETRY_SCHEDULE",
            "200ms,400ms,1s",
            "WEBHOOKS_ATTEMPT_TIMEOUT",
            "30s");
    this.stage = stage(authority);
  }

  private Stage stage(Path authority)
      throws IOException, InterruptedException, GeneralSecurityException {
    var identity = new IdentityFiles(authority).loadOrMake(Instant.now());
    List<Subscriber> subscribers = new ArrayList<>();
    Mailbox mailbox = new Mailbox(identity);
    try (ServiceProcess first = ServiceProcess.start(settings);
        Operator operator = new Operator(first.url(), KEY)) {
      for (long company : COMPANIES) {
        subscribers.add(operator.subscribe(company, mailbox.url(company)));
      }
    }
    Books books = new Books(subscribers);
    mailbox.noteIn(books);
    return new Stage(books, mailbox, new Publishers(books, this::service, KEY));
  }

  /// All rounds, then a last start that is left alone until everything has arrived.
  ///
  /// @param progress is told of each round
  public CrashReport run(Consumer<CrashReport.Round> progress)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    for (int number = 1; number <= plan.rounds(); number++) {
      CrashReport.Round round = round(number);
      done.add(round);
      progress.accept(round);
    }
    boolean undone = settle();
    Books books = stage.books();
    return new CrashReport(
        plan,
        List.copyOf(done),
        books.count(),
        new CrashReport.Findings(
            undone, books.wrongs(), books.lost(), stage.publishers().surprises()),
        (System.nanoTime() - began) / 1e9);
  }

  private CrashReport.Round round(int number) {
    Moment moment = nextMoment();
    boolean withDatabase = random.nextInt(3) == 0;
    double chance = random.nextDouble();
    ServiceProcess process = start();
    stage.publishers().publish(plan.events());
    long ready = -1;
    if (moment == Moment.STARTING) {
      LockSupport.parkNanos((long) (chance * 1.2 * usualStart));
    } else {
      ready = awaitReady(process);
      awaitWork(moment, chance);
    }
    kill(process, withDatabase);
    long first = stage.books().firstSinceFault();
    return new CrashReport.Round(
        number,
        moment.name().toLowerCase(Locale.ROOT),
        withDatabase,
        ready < 0 ? -1 : ready / 1_000_000,
        first == 0 ? -1 : (first - process.startedAt()) / 1_000_000);
  }

  /// Each moment comes once in three rounds.
  private Moment nextMoment() {
    if (moments.isEmpty()) {
      moments.addAll(List.of(Moment.values()));
      Collections.shuffle(moments, random);
    }
    return moments.removeLast();
  }

  private ServiceProcess start() {
    stage.books().fault();
    ServiceProcess process = ServiceProcess.start(settings);
    running = process;
    living = process;
    return process;
  }

  /// Where it is published to; null while that is nowhere.
  private @Nullable URI service() {
    ServiceProcess process = living;
    return process == null ? null : process.urlIfReady();
  }

  private long awaitReady(ServiceProcess process) {
    process.url();
    long took = System.nanoTime() - process.startedAt();
    usualStart = took;
    return took;
  }

  /// Waits until some part of the round's work is done.
  private void awaitWork(Moment moment, double chance) {
    Publishers publishers = stage.publishers();
    if (moment == Moment.LOADED) {
      int left = (int) (publishers.left() * (1 - chance));
      await("events are accepted", () -> publishers.left() <= left);
    } else {
      await("all events are accepted", () -> publishers.left() == 0);
      int missing = (int) (stage.books().count().lost() * (1 - chance));
      await("webhooks arrive", () -> stage.books().count().lost() <= missing);
    }
  }

  private void kill(ServiceProcess process, boolean withDatabase) {
    living = null;
    if (withDatabase) {
      process.killWithDatabase();
    } else {
      process.kill();
    }
  }

  /// Starts once more and waits until everything has arrived.
  ///
  /// @return whether the service says that it has left anything undone
  private boolean settle() throws IOException, InterruptedException {
    ServiceProcess last = start();
    awaitReady(last);
    await("everything is accepted", () -> stage.publishers().left() == 0);
    long until = System.nanoTime() + LONGEST_WAIT.toNanos();
    boolean undone = true;
    try (Operator operator = new Operator(last.url(), KEY)) {
      while ((undone || stage.books().count().lost() > 0) && System.nanoTime() < until) {
        undone = false;
        for (long company : COMPANIES) {
          undone |= operator.undone(company) > 0;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
    last.close();
    return undone;
  }

  private static void await(String fact, BooleanSupplier isSo) {
    long until = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "not within %d s: %s".formatted(LONGEST_WAIT.toSeconds(), fact));
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  @Override
  public void close() {
    stage.publishers().close();
    ServiceProcess process = running;
    if (process != null) {
      process.close();
    }
    stage.mailbox().close();
  }
}
