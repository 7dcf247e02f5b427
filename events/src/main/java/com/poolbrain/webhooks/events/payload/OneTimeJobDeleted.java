package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;

/// `job.one_time.deleted`: a one-time job was permanently deleted.
///
/// @param jobNumber the displayed number of the job
/// @param jobTitle title of the job
public record OneTimeJobDeleted(String jobNumber, String jobTitle) implements Payload {

  static OneTimeJobDeleted of(DataItem item) {
    return new OneTimeJobDeleted(item.getString("jobNumber"), item.getString("jobTitle"));
  }
}
