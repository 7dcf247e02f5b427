package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;

/// `job.one_time.created`: a one-time job was created.
///
/// @param jobNumber the displayed number of the job
public record OneTimeJobCreated(String jobNumber) implements Payload {

  static OneTimeJobCreated of(DataItem item) {
    return new OneTimeJobCreated(item.getString("jobNumber"));
  }
}
