package com.poolbrain.webhooks.events.payload;

/// `job.one_time.deleted`: a one-time job was permanently deleted.
///
/// @param jobNumber the job's number as it was shown
/// @param jobTitle what the job was called
public record OneTimeJobDeleted(String jobNumber, String jobTitle) implements Payload {

  static OneTimeJobDeleted of(ItemFields item) {
    return new OneTimeJobDeleted(item.text("jobNumber"), item.text("jobTitle"));
  }
}
