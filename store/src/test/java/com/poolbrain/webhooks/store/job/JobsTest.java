package com.poolbrain.webhooks.store.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.Job.Scope;
import com.poolbrain.webhooks.domain.job.Job.Step;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobParameters;
import com.poolbrain.webhooks.domain.job.JobRequest;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.AlreadyRunning;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.Started;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class JobsTest {

  private static final Actor ACTOR = ConfigFixture.ACTOR;
  private static final UUID NODE = new UUID(0, 1);
  private static final UUID OTHER_NODE = new UUID(0, 2);
  private static final Scope POOLS = new Scope(40L, null);

  private final ConfigFixture configFixture;
  private final Jobs jobs;

  JobsTest(TestServer server) {
    configFixture = ConfigFixture.create(server);
    jobs =
        new Jobs(
            configFixture.database().apiTransactions(),
            new Audit(configFixture.idGenerator()),
            configFixture.idGenerator());
  }

  @BeforeEach
  void register() {
    registerNode(NODE);
    registerNode(OTHER_NODE);
  }

  @AfterEach
  void close() {
    configFixture.close();
  }

  private void registerNode(UUID node) {
    execute(
        "insert into node (incarnation, lease_until) values ('%s', 'infinity')".formatted(node));
  }

  private void execute(String sql) {
    TestSql.execute(configFixture.testDatabase().settings(), sql);
  }

  private Job start(Scope scope) {
    return ((Started) jobs.start(new JobRequest(JobKind.ROTATE_KEYS, scope), ACTOR, _ -> 3L)).job();
  }

  private Job get(Job job) {
    return Objects.requireNonNull(jobs.get(job.id()));
  }

  /// Work of three steps that leaves a company for each.
  private static final class ThreeSteps implements JobWork {
    @Override
    public JobKind kind() {
      return JobKind.ROTATE_KEYS;
    }

    @Override
    public Step runStep(Handle handle, Job job) {
      int step = job.position() == null ? 1 : Integer.parseInt(job.position()) + 1;
      handle.execute(
          "insert into company (id, name, created_at, version) values (?, 'c', now(), 0)", step);
      return step == 3 ? new Step.Finish(1, null) : new Step.Continue(1, Integer.toString(step));
    }
  }

  private List<String> companies() {
    return configFixture.queryStrings("select id from company order by id");
  }

  @Test
  void job_is_done_step_by_step() {
    Job job = start(Scope.SERVICE);
    assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(jobs.claim(NODE)).extracting(Job::id).containsExactly(job.id());

    assertThat(jobs.runStep(job.id(), NODE, new ThreeSteps())).isEqualTo(Duration.ZERO);
    assertThat(get(job).done()).isEqualTo(1);
    assertThat(jobs.runStep(job.id(), NODE, new ThreeSteps())).isEqualTo(Duration.ZERO);
    assertThat(jobs.runStep(job.id(), NODE, new ThreeSteps())).isNull();

    assertThat(get(job).status()).isEqualTo(JobStatus.DONE);
    assertThat(get(job).done()).isEqualTo(3);
    assertThat(get(job).finishedAt()).isNotNull();
    assertThat(companies()).containsExactly("1", "2", "3");
    assertThat(jobs.claim(NODE)).isEmpty();
  }

  @Test
  void job_of_a_dead_node_goes_on_where_it_was_on_another_one() {
    Job job = start(Scope.SERVICE);
    jobs.claim(NODE);
    jobs.runStep(job.id(), NODE, new ThreeSteps());
    assertThat(jobs.claim(OTHER_NODE)).as("while its node lives").isEmpty();

    execute("delete from node where incarnation = '%s'".formatted(NODE));
    assertThat(jobs.claim(OTHER_NODE)).extracting(Job::position).containsExactly("1");

    assertThat(jobs.runStep(job.id(), NODE, new ThreeSteps())).as("by the dead node").isNull();
    assertThat(companies()).containsExactly("1");
    assertThat(jobs.runStep(job.id(), OTHER_NODE, new ThreeSteps())).isEqualTo(Duration.ZERO);
    assertThat(companies()).containsExactly("1", "2");
  }

  @Test
  void failed_step_leaves_neither_work_nor_progress() {
    Job job = start(Scope.SERVICE);
    jobs.claim(NODE);
    JobWork failing =
        new JobWork() {
          @Override
          public JobKind kind() {
            return JobKind.ROTATE_KEYS;
          }

          @Override
          public Step runStep(Handle handle, Job current) {
            new ThreeSteps().runStep(handle, current);
            throw new UnsupportedOperationException("no");
          }
        };
    assertThatThrownBy(() -> jobs.runStep(job.id(), NODE, failing))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(companies()).isEmpty();
    assertThat(get(job)).isEqualTo(job);
    jobs.fail(job.id(), "a bug");
    assertThat(get(job).status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void one_job_of_a_kind_runs_for_a_scope() {
    Job service = start(Scope.SERVICE);
    Job pools = start(POOLS);
    start(new Scope(40L, new UUID(0, 7)));
    start(new Scope(41L, null));

    assertThat(jobs.start(new JobRequest(JobKind.ROTATE_KEYS, Scope.SERVICE), ACTOR, _ -> 3L))
        .isEqualTo(new AlreadyRunning(service.id()));
    assertThat(jobs.start(new JobRequest(JobKind.ROTATE_KEYS, POOLS), ACTOR, _ -> 3L))
        .isEqualTo(new AlreadyRunning(pools.id()));
    jobs.cancel(pools.id(), ACTOR, "not needed");
    assertThat(start(POOLS).id()).isNotEqualTo(pools.id());
  }

  @Test
  void cancelled_job_does_nothing_more() {
    Job job = start(POOLS);
    jobs.claim(NODE);
    jobs.runStep(job.id(), NODE, new ThreeSteps());

    Job cancelled = Objects.requireNonNull(jobs.cancel(job.id(), ACTOR, "not needed"));

    assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(cancelled.detail()).isEqualTo("not needed");
    assertThat(jobs.runStep(job.id(), NODE, new ThreeSteps())).isNull();
    assertThat(jobs.cancel(job.id(), ACTOR, "again")).isEqualTo(cancelled);
    assertThat(jobs.cancel(new UUID(0, 9), ACTOR, "none")).isNull();
    assertThat(companies()).containsExactly("1");
    assertThat(configFixture.queryStrings("select action from audit order by id"))
        .containsExactly("job.started", "job.cancelled");
  }

  @Test
  void work_that_cancels_itself_says_why() {
    Job job = start(POOLS);
    jobs.claim(NODE);
    JobWork cancelling =
        new JobWork() {
          @Override
          public JobKind kind() {
            return JobKind.ROTATE_KEYS;
          }

          @Override
          public Step runStep(Handle handle, Job current) {
            return new Step.Cancel("webhooks are off");
          }
        };
    assertThat(jobs.runStep(job.id(), NODE, cancelling)).isNull();
    assertThat(get(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(get(job).detail()).isEqualTo("webhooks are off");
  }

  @Test
  void list_shows_the_jobs_of_one_company_newest_first() {
    start(Scope.SERVICE);
    Job first = start(POOLS);
    Job second = start(new Scope(40L, new UUID(0, 7)));
    start(new Scope(41L, null));

    assertThat(jobs.list(40, null, 10).items()).containsExactly(second, first);
    assertThat(jobs.list(40, null, 1).hasMore()).isTrue();
    assertThat(jobs.list(40, second.id(), 1).items()).containsExactly(first);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void job_keeps_its_parameters(JobRequest request) {
    Job job = ((Started) jobs.start(request, ACTOR, _ -> 3L)).job();
    assertThat(new JobRequest(job.kind(), job.scope(), job.parameters())).isEqualTo(request);
    assertThat(get(job)).isEqualTo(job);
  }

  static List<JobRequest> requests() {
    Instant since = Instant.parse("2026-02-13T06:42:24.705001Z");
    var range = new JobParameters.AcceptedBetween(since, since.plusSeconds(60), 12.5);
    Scope endpoint = new Scope(40L, new UUID(0, 7));
    return List.of(
        new JobRequest(JobKind.RECOVER, endpoint, range),
        new JobRequest(JobKind.REPLAY_MISSING, endpoint, range),
        new JobRequest(JobKind.ERASE, POOLS, new JobParameters.Customer("17")),
        new JobRequest(JobKind.DELETE_COMPANY, POOLS),
        new JobRequest(JobKind.ROTATE_KEYS, Scope.SERVICE));
  }

  @Test
  void step_can_count_and_ask_for_a_pause() {
    Job job = start(POOLS);
    jobs.claim(NODE);
    JobWork counting =
        new JobWork() {
          @Override
          public JobKind kind() {
            return JobKind.ROTATE_KEYS;
          }

          @Override
          public Step runStep(Handle handle, Job current) {
            return current.position() == null
                ? new Step.Count(20_000, "counted")
                : new Step.Continue(5, "five", Duration.ofMillis(100));
          }
        };
    assertThat(jobs.runStep(job.id(), NODE, counting)).isEqualTo(Duration.ZERO);
    assertThat(get(job).total()).isEqualTo(20_000);
    assertThat(get(job).position()).isEqualTo("counted");
    assertThat(jobs.runStep(job.id(), NODE, counting)).isEqualTo(Duration.ofMillis(100));
    assertThat(get(job).done()).isEqualTo(5);
  }
}
