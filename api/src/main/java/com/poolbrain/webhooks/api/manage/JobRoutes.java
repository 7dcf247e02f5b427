package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.companyId;
import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.job.JobManagement;
import java.util.List;
import java.util.UUID;

/// Routes of background jobs.
public final class JobRoutes {

  private static final String JOB_PATH = "/api/v1/jobs/{job_id}";

  private final JobManagement jobs;

  public JobRoutes(JobManagement jobs) {
    this.jobs = jobs;
  }

  /// The response to the start of a job.
  record StartedJobView(UUID jobId, long count) {
    static StartedJobView of(Job job) {
      return new StartedJobView(job.id(), job.total());
    }
  }

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get(
            CompanyRoutes.COMPANY_PATH + "/jobs",
            OperationAccess.to(Operation.READ_COMPANY_JOBS),
            this::list),
        HttpRoute.get(JOB_PATH, OperationAccess.to(Operation.READ_JOBS), this::get),
        HttpRoute.post(
            JOB_PATH + "/cancel", OperationAccess.to(Operation.CANCEL_JOBS), this::cancel),
        HttpRoute.post(
            "/api/v1/master-key/rotate",
            OperationAccess.to(Operation.ROTATE_MASTER_KEY),
            this::rotateMasterKey));
  }

  private Response list(Request request) {
    QueryParams query = request.queryParams();
    CursorPaging<UUID> paging =
        CursorPaging.parse(query, "jobs " + companyId(request), UUID::fromString);
    query.rejectInvalid();
    return Response.ok(
        paging.toList(
            jobs.list(principal(request), companyId(request), paging.position(), paging.limit()),
            JobView::of,
            job -> job.id().toString()));
  }

  private Response get(Request request) {
    return Response.ok(JobView.of(jobs.get(principal(request), jobId(request))));
  }

  private Response cancel(Request request) {
    request.optionalJsonFields().rejectInvalid();
    return ApiResponses.orConflict(
        jobs.cancel(principal(request), jobId(request)), job -> Response.ok(JobView.of(job)));
  }

  private Response rotateMasterKey(Request request) {
    request.optionalJsonFields().rejectInvalid();
    return ApiResponses.orConflict(
        jobs.rotateMasterKey(principal(request)), job -> Response.accepted(StartedJobView.of(job)));
  }

  private static UUID jobId(Request request) {
    return request.pathId("job_id", "job");
  }
}
