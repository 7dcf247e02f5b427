package com.poolbrain.webhooks.events.payload;

/// `job.one_time.created`: a one-time job was created.
///
/// @param jobNumber the job's number as it is shown
public record OneTimeJobCreated(String jobNumber) implements Payload {

  static OneTimeJobCreated of(ItemFields item) {
    return new OneTimeJobCreated(item.text("jobNumber"));
  }
}
