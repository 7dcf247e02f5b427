package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.Generator;
import com.poolbrain.webhooks.bench.load.Marks;
import com.poolbrain.webhooks.bench.load.Requests;
import com.poolbrain.webhooks.bench.load.Rotation;
import com.poolbrain.webhooks.bench.load.Tally;
import com.poolbrain.webhooks.bench.load.Target;
import com.poolbrain.webhooks.bench.load.Template;
import com.poolbrain.webhooks.bench.report.Limits;
import com.poolbrain.webhooks.bench.report.Measured;
import com.poolbrain.webhooks.bench.service.Costs;
import com.poolbrain.webhooks.bench.service.House;
import com.poolbrain.webhooks.bench.service.Meter;
import com.poolbrain.webhooks.bench.service.Setup;
import com.poolbrain.webhooks.bench.service.Whereabouts;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where scenarios run: the house with everything in it, how long runs are, and who is told how far
/// they are.
public final class Stand {

  private static final int MOST_PER_SECOND = 60_000;
  private static final long STRAGGLER_SECONDS = 60;

  /// Short, for connections on which nothing is sent are closed after thirty.
  private static final long STRAGGLER_SECONDS_OF_REHEARSAL = 5;

  private final House house;
  private final Pace pace;
  private final Progress progress;
  private final @Nullable Limits limits;
  private final List<Measured> runs = new ArrayList<>();
  private boolean warm;

  /// @param limits of the machine, if they were measured
  public Stand(House house, Pace pace, Progress progress, @Nullable Limits limits) {
    this.house = house;
    this.pace = pace;
    this.progress = progress;
    this.limits = limits;
  }

  /// What was measured here so far.
  List<Measured> runs() {
    return List.copyOf(runs);
  }

  House house() {
    return house;
  }

  Pace pace() {
    return pace;
  }

  @Nullable Limits limits() {
    return limits;
  }

  void doing(String what) {
    progress.doing(what);
  }

  Setup setup() {
    return new Setup(house.service());
  }

  /// Ids of companies that nobody else has; the first of so many.
  long companyIds(int count) {
    return house.companyIds(count);
  }

  /// A company with one endpoint that takes everything; what publishes to it.
  Target simple() throws IOException, InterruptedException {
    long company = companyIds(1);
    setup().company(company);
    setup().endpoint(company, "customer.created", house.receiver().url("localhost", "/ok/0"));
    return setup().target(company, "customer.created");
  }

  /// What publishes to a target, one event in each request.
  Rotation singles(Target target) {
    return new Rotation(List.of(template(target)), 1);
  }

  Template template(Target target) {
    return new Template(target, house.marks(), Instant.now());
  }

  /// Runs, after warming up if nobody has.
  Measured run(Load load, Requests requests, int copies)
      throws IOException, InterruptedException, SQLException {
    warmUp();
    Measured run = measure(load, requests, copies, STRAGGLER_SECONDS);
    runs.add(run);
    return run;
  }

  /// The same without counting, so that connections are there.
  void rehearse(Load load, Requests requests, int copies)
      throws IOException, InterruptedException, SQLException {
    warmUp();
    var _ = measure(load, requests, copies, STRAGGLER_SECONDS_OF_REHEARSAL);
  }

  /// Full load until the compiler of the service is done.
  void warmUp() throws IOException, InterruptedException, SQLException {
    if (!warm) {
      warm = true;
      rehearse(Load.closed("warm-up", pace.connectionsOr(64), pace.warmUp()), singles(simple()), 1);
    }
  }

  private Measured measure(Load load, Requests requests, int copies, long stragglerSeconds)
      throws IOException, InterruptedException, SQLException {
    progress.begin(load.name(), load.seconds());
    Tally tally = tally(load, requests, copies, house.marks());
    house.count(tally);
    URI url = house.service().at("/api/v1/events");
    try (Generator generator = new Generator(house.loops(), url, load.connections());
        Meter meter = new Meter(house)) {
      long begin = System.nanoTime();
      publish(generator, load, requests, tally);
      awaitStragglers(tally, stragglerSeconds);
      Costs costs = meter.read();
      Whereabouts missing = Whereabouts.of(house.postgres(), house.marks(), tally.missingByEvent());
      return Measured.of(load.name(), tally, missing, begin, costs);
    } finally {
      progress.end();
    }
  }

  /// An empty tally with room for a run.
  public static Tally tally(Load load, Requests requests, int copies, Marks marks) {
    long perSecond = load.rate() == 0 ? MOST_PER_SECOND : (long) load.rate() * requests.events();
    int most = Math.toIntExact(perSecond * load.seconds() + requests.events());
    return new Tally(marks.numbers(most), most, copies);
  }

  /// Publishes a load.
  public static void publish(Generator generator, Load load, Requests requests, Tally tally) {
    long nanos = TimeUnit.SECONDS.toNanos(load.seconds());
    if (load.rate() == 0) {
      generator.closedLoop(requests, tally, nanos);
    } else {
      generator.openLoop(requests, tally, load.rate(), nanos);
    }
  }

  /// Waits until everything has arrived, at most a minute.
  static void awaitStragglers(Tally tally) throws InterruptedException {
    awaitStragglers(tally, STRAGGLER_SECONDS);
  }

  /// Waits until everything has arrived, at most so many seconds.
  public static void awaitStragglers(Tally tally, long seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!tally.complete() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
