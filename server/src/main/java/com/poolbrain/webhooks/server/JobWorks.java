package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.store.erasure.CompanyDeletion;
import com.poolbrain.webhooks.store.erasure.CustomerErasure;
import com.poolbrain.webhooks.store.job.JobWork;
import com.poolbrain.webhooks.store.secret.KeyRotation;
import java.util.List;

/// The work of all kinds of background jobs.
record JobWorks(
    KeyRotation keyRotation, CustomerErasure customerErasure, CompanyDeletion companyDeletion) {

  List<JobWork> all() {
    return List.of(keyRotation, customerErasure, companyDeletion);
  }
}
