package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;

/// `job.one_time.deleted`: a one-time job was permanently deleted.
///
/// @param jobNumber the job's number as it was shown
/// @param jobTitle what the job was called
public record OneTimeJobDeleted(String jobNumber, String jobTitle) implements Payload {

  static OneTimeJobDeleted of(DataItem item) {
    return new OneTimeJobDeleted(item.getString("jobNumber"), item.getString("jobTitle"));
  }
}
