package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;
import org.jspecify.annotations.Nullable;

/// `job.one_time.schedule.changed`: a one-time job was moved, re-routed, or unscheduled.
///
/// @param jobId the job's id in Pool Brain
/// @param jobTitle what the job is called
/// @param technicianName who does it now; null when nobody does
/// @param currentRouteName the route that it is on now; null when it is on none
public record OneTimeJobScheduleChanged(
    long jobId, String jobTitle, @Nullable String technicianName, @Nullable String currentRouteName)
    implements Payload {

  static OneTimeJobScheduleChanged of(DataItem item) {
    return new OneTimeJobScheduleChanged(
        item.getLong("jobId"),
        item.getString("jobTitle"),
        item.getStringOrNull("technicianName"),
        item.getStringOrNull("currentRouteName"));
  }
}
