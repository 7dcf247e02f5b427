package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;

/// `job.one_time.created`: a one-time job was created.
///
/// @param jobNumber the job's number as it is shown
public record OneTimeJobCreated(String jobNumber) implements Payload {

  static OneTimeJobCreated of(DataItem item) {
    return new OneTimeJobCreated(item.getString("jobNumber"));
  }
}
