package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.companyId;
import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.api.manage.JobRoutes.StartedJobView;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.job.RecoveryInput;
import com.poolbrain.webhooks.management.job.RecoveryManagement;
import java.util.List;
import java.util.UUID;

/// The routes that start the jobs of one endpoint: recover what failed, replay what is missing.
public final class RecoveryRoutes {

  private final RecoveryManagement recovery;

  public RecoveryRoutes(RecoveryManagement recovery) {
    this.recovery = recovery;
  }

  /// The response to a dry run.
  private record CountView(long count) {}

  public List<HttpRoute> routes() {
    var access = OperationAccess.to(Operation.RECOVER_DELIVERIES);
    return List.of(
        HttpRoute.post(
            EndpointRoutes.ENDPOINT_PATH + "/recover",
            access,
            request -> start(request, JobKind.RECOVER)),
        HttpRoute.post(
            EndpointRoutes.ENDPOINT_PATH + "/replay-missing",
            access,
            request -> start(request, JobKind.REPLAY_MISSING)));
  }

  private Response start(Request request, JobKind kind) {
    JsonFields fields = request.jsonFields();
    var input =
        new RecoveryInput(
            kind, fields.time("since"), fields.time("until"), fields.decimal("rate_per_second"));
    boolean isDryRun = Boolean.TRUE.equals(fields.bool("dry_run"));
    ApiRequests.rejectInvalid(fields, recovery.validate(input));
    UUID endpointId = EndpointRoutes.endpointId(request);
    return isDryRun
        ? ApiResponses.orConflict(
            recovery.count(principal(request), companyId(request), endpointId, input),
            count -> Response.ok(new CountView(count)))
        : ApiResponses.orConflict(
            recovery.start(principal(request), companyId(request), endpointId, input),
            job -> Response.accepted(StartedJobView.of(job)));
  }
}
