package com.poolbrain.webhooks.management.erasure;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.text.TextRule;
import com.poolbrain.webhooks.events.DataValidator;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.management.AuditedChanges;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.InputCheck;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.management.Result.Done;
import com.poolbrain.webhooks.management.Result.Refused;
import com.poolbrain.webhooks.management.job.JobRunner;
import com.poolbrain.webhooks.store.erasure.CompanyDeletion;
import com.poolbrain.webhooks.store.erasure.CustomerErasure;
import com.poolbrain.webhooks.store.job.Jobs.StartResult;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.AlreadyRunning;
import com.poolbrain.webhooks.store.job.Jobs.StartResult.Started;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Starts the jobs that remove content: that about one customer, or a whole company.
public final class ErasureManagement {

  /// Characters of a customer's id; longer values are not searchable.
  public static final int MAX_CUSTOMER_ID_LENGTH = DataValidator.MAX_SEARCH_VALUE_LENGTH;

  private final CompanyManagement companies;
  private final CustomerErasure customerErasure;
  private final CompanyDeletion companyDeletion;
  private final AuditedChanges changes;
  private final JobRunner runner;

  public ErasureManagement(
      CompanyManagement companies,
      CustomerErasure customerErasure,
      CompanyDeletion companyDeletion,
      AuditedChanges changes,
      JobRunner runner) {
    this.companies = companies;
    this.customerErasure = customerErasure;
    this.companyDeletion = companyDeletion;
    this.changes = changes;
    this.runner = runner;
  }

  /// The rules that the id of a customer breaks.
  public static List<ValidationError> validateCustomerId(@Nullable String customerId) {
    var check = new InputCheck();
    check.required("/customer_id", customerId, "the customerId of the events to erase");
    check.text("/customer_id", customerId, MAX_CUSTOMER_ID_LENGTH, TextRule.LINE);
    return check.errors();
  }

  /// Starts to erase the content about a customer. Refused while such a job of the company runs.
  public Result<Job> eraseCustomer(Principal principal, long companyId, String customerId)
      throws InterruptedException {
    Operation.ERASE_CONTENT.require(principal, companyId);
    companies.requireExists(companyId);
    InputCheck.requireValid(validateCustomerId(customerId));
    return start(
        principal,
        Operation.ERASE_CONTENT,
        companyId,
        actor -> customerErasure.start(companyId, customerId, actor),
        "Content of this company is being erased already, by job %s; wait until it has ended.");
  }

  /// Starts to delete a company. Refused while it is being deleted.
  public Result<Job> deleteCompany(Principal principal, long companyId)
      throws InterruptedException {
    return start(
        principal,
        Operation.DELETE_COMPANY,
        companyId,
        actor -> {
          StartResult result = companyDeletion.start(companyId, actor);
          if (result == null) {
            throw NotFound.company(companyId);
          }
          return result;
        },
        "This company is being deleted already, by job %s.");
  }

  private Result<Job> start(
      Principal principal,
      Operation operation,
      long companyId,
      Function<Actor, StartResult> starter,
      String advice)
      throws InterruptedException {
    return switch (changes.changeConfig(principal, operation, companyId, starter)) {
      case Started(Job job) -> {
        runner.wake();
        yield new Done<>(job);
      }
      case AlreadyRunning(UUID id) -> new Refused<>(advice.formatted(id));
    };
  }
}
