package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;
import org.jspecify.annotations.Nullable;

/// `job.one_time.schedule.changed`: a one-time job was moved, re-routed, or unscheduled.
///
/// @param jobId id of the job in Pool Brain
/// @param jobTitle title of the job
/// @param technicianName technician who is assigned now; null if none is
/// @param currentRouteName route to which the job belongs now; null if it has none
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
