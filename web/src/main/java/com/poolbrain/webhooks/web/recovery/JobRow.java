package com.poolbrain.webhooks.web.recovery;

import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.JobParameters.AcceptedBetween;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.web.component.ActorView;
import com.poolbrain.webhooks.web.component.StatusView;
import com.poolbrain.webhooks.web.component.StatusWords;
import com.poolbrain.webhooks.web.page.EndpointNames;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.PagePaths;
import com.poolbrain.webhooks.web.page.QueryText;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A background job of the company.
///
/// @param title what it does
/// @param endpoint host, and path if needed; null if it concerns the whole company
/// @param range of the events that it looks at; null if it looks at all
/// @param pace how many deliveries a second it starts; null if it starts none
/// @param progress `22 of 37`
/// @param left how long it still takes, in words; null if that is not known
/// @param detail why it ended; null if there is nothing to say
/// @param log path of the deliveries of its endpoint and range; null if it has no range
/// @param cancel path of the form that ends it; null if users can't
record JobRow(
    String id,
    String title,
    @Nullable String endpoint,
    @Nullable String range,
    @Nullable String pace,
    StatusView status,
    long done,
    long total,
    String progress,
    @Nullable String left,
    ActorView actor,
    Instant startedAt,
    @Nullable String detail,
    @Nullable String log,
    @Nullable String cancel) {

  static JobRow of(Job job, EndpointNames endpoints, PagePaths paths, Times times) {
    UUID endpointId = job.scope().endpointId();
    AcceptedBetween range = job.parameters() instanceof AcceptedBetween found ? found : null;
    boolean isRunning = job.status() == JobStatus.RUNNING;
    return new JobRow(
        job.id().toString(),
        title(job.kind()),
        endpointId == null ? null : endpoints.label(endpointId),
        range == null
            ? null
            : times.absolute(range.since()) + " – " + times.absolute(range.until()),
        range == null ? null : pace(range.ratePerSecond()),
        StatusWords.of(job.status()),
        job.done(),
        Math.max(job.total(), job.done()),
        Numbers.format(job.done()) + " of " + Numbers.format(Math.max(job.total(), job.done())),
        range == null || !isRunning ? null : left(job, range),
        ActorView.of(job.actor()),
        job.createdAt(),
        job.detail(),
        range == null || endpointId == null ? null : log(endpointId, range, paths),
        range == null || !isRunning ? null : paths.of("/recovery/jobs/" + job.id() + "/cancel"));
  }

  static String title(JobKind kind) {
    return switch (kind) {
      case RECOVER -> "Recover failed";
      case REPLAY_MISSING -> "Replay missed";
      case ERASE -> "Erase the content about a customer";
      case DELETE_COMPANY -> "Delete the company";
      case ROTATE_KEYS -> "Rotate the master key";
    };
  }

  static String pace(double ratePerSecond) {
    return String.format(
        Locale.ENGLISH,
        ratePerSecond == Math.rint(ratePerSecond)
            ? "at most %,.0f a second"
            : "at most %s a second",
        ratePerSecond);
  }

  private static @Nullable String left(Job job, AcceptedBetween range) {
    long seconds = (long) Math.ceil((job.total() - job.done()) / range.ratePerSecond());
    if (seconds <= 0) {
      return null;
    }
    return "about " + Times.amount(Duration.ofSeconds(seconds)) + " left";
  }

  private static String log(UUID endpointId, AcceptedBetween range, PagePaths paths) {
    Map<String, String> filters = new LinkedHashMap<>();
    filters.put("endpoint_id", endpointId.toString());
    filters.put("from", DateTimeFormatter.ISO_INSTANT.format(range.since()));
    filters.put("to", DateTimeFormatter.ISO_INSTANT.format(range.until()));
    return QueryText.append(paths.deliveries(), filters);
  }
}
