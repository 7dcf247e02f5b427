package com.poolbrain.webhooks.web.recovery;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.job.Job;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.management.job.JobManagement;
import com.poolbrain.webhooks.management.job.RecoveryInput;
import com.poolbrain.webhooks.management.job.RecoveryManagement;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.web.component.PagerView;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.EndpointNames;
import com.poolbrain.webhooks.web.page.ListFilters;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.PageTrail;
import com.poolbrain.webhooks.web.page.Tab;
import com.poolbrain.webhooks.web.page.Toast;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tab Recovery: starts jobs after a question with their count, shows and cancels them.
public final class RecoveryPageRoutes {

  private static final String PATH = "/recovery";
  private static final String START = PATH + "/start";
  private static final int PAGE_SIZE = 25;

  private final CompanyPages pages;
  private final RecoveryManagement recovery;
  private final JobManagement jobs;
  private final EndpointManagement endpoints;

  public RecoveryPageRoutes(
      CompanyPages pages,
      RecoveryManagement recovery,
      JobManagement jobs,
      EndpointManagement endpoints) {
    this.pages = pages;
    this.recovery = recovery;
    this.jobs = jobs;
    this.endpoints = endpoints;
  }

  public List<HttpRoute> routes() {
    return List.of(
        pages.get(PATH, Operation.READ_COMPANY_JOBS, this::list),
        pages.get(START, Operation.RECOVER_DELIVERIES, this::ask),
        pages.form(START, Operation.RECOVER_DELIVERIES, this::start),
        pages.form(PATH + "/jobs/{job_id}/cancel", Operation.CANCEL_JOBS, this::cancel));
  }

  private Response list(CompanyRequest request) {
    EndpointNames names = EndpointNames.of(endpoints, request);
    if (request.isPartial()) {
      return pages.part(
          200,
          "recovery/jobs.jte",
          Map.of(
              "page", pages.page(request, Tab.RECOVERY, "Recovery"), "jobs", jobs(request, names)));
    }
    RecoveryForm form = typed(request);
    return show(form.errors().isEmpty() ? 200 : 422, request, names, form, null);
  }

  private static RecoveryForm typed(CompanyRequest request) {
    return RecoveryForm.read(request.paths().of(PATH), request.query(), request.times());
  }

  private Response ask(CompanyRequest request) {
    EndpointNames names = EndpointNames.of(endpoints, request);
    RecoveryForm form = typed(request).check(recovery, request.times().now());
    if (!form.errors().isEmpty()) {
      return show(422, request, names, form, null);
    }
    UUID endpointId = Objects.requireNonNull(form.endpointId());
    RecoveryInput input = form.input(Objects.requireNonNull(form.kind()), request.times().now());
    return switch (recovery.count(request.principal(), request.companyId(), endpointId, input)) {
      case Result.Done<Long>(Long count) ->
          pages.ask(
              request,
              Tab.RECOVERY,
              new RecoveryQuestion(input, endpointId, names.label(endpointId), request.times())
                  .toView(count, request.paths()));
      case Result.Refused<Long>(String advice) ->
          show(409, request, names, form, explain(request, names.find(endpointId), advice));
    };
  }

  private Response start(CompanyRequest request) {
    EndpointNames names = EndpointNames.of(endpoints, request);
    RecoveryForm form =
        RecoveryForm.read(request.paths().of(PATH), request.form(), request.times())
            .check(recovery, request.times().now());
    if (!form.errors().isEmpty()) {
      return show(422, request, names, form, null);
    }
    UUID endpointId = Objects.requireNonNull(form.endpointId());
    RecoveryInput input = form.input(Objects.requireNonNull(form.kind()), request.times().now());
    return switch (recovery.start(request.principal(), request.companyId(), endpointId, input)) {
      case Result.Done<Job> _ -> pages.done(request.paths().of(PATH), Toast.JOB_STARTED);
      case Result.Refused<Job>(String advice) ->
          show(409, request, names, form, explain(request, names.find(endpointId), advice));
    };
  }

  /// What the user of a page can do about a refusal, whose sentence is written for callers.
  private String explain(CompanyRequest request, @Nullable Endpoint endpoint, String advice) {
    var page = pages.page(request, Tab.RECOVERY, "Recovery");
    if (!page.company().webhooksEnabled()) {
      return "Webhooks are off. Switch on Use Webhooks, then repeat this.";
    }
    return endpoint != null && endpoint.paused()
        ? "The endpoint is paused. Resume it on its page, then repeat this."
        : advice;
  }

  private Response cancel(CompanyRequest request) {
    UUID id = request.pathId("job_id", "job");
    return switch (jobs.cancel(request.principal(), id)) {
      case Result.Done<Job> _ -> pages.done(request.paths().of(PATH), Toast.JOB_CANCELLED);
      case Result.Refused<Job>(String advice) ->
          show(409, request, EndpointNames.of(endpoints, request), typed(request), advice);
    };
  }

  private Response show(
      int status,
      CompanyRequest request,
      EndpointNames names,
      RecoveryForm form,
      @Nullable String refusal) {
    var fields =
        names.options().isEmpty() || !request.visitor().mayChange()
            ? null
            : new RecoveryView.Form(
                request.paths().of(START),
                form.endpoints(names),
                form.sinceField(request.times()),
                form.rateField(),
                form.errors());
    return pages.show(
        status,
        request,
        Tab.RECOVERY,
        "Recovery",
        "recovery/page.jte",
        new RecoveryView(fields, refusal, jobs(request, names)));
  }

  private RecoveryView.Jobs jobs(CompanyRequest request, EndpointNames names) {
    var list = new ListFilters(request.paths().of(PATH), request.query(), request.times());
    PageTrail trail = list.trail();
    List<UUID> position = trail.position();
    Page<Job> found =
        jobs.list(
            request.principal(),
            request.companyId(),
            position == null ? null : position.getFirst(),
            PAGE_SIZE);
    return new RecoveryView.Jobs(
        list.at(trail),
        rows(found, request, names, true),
        rows(found, request, names, false),
        new PagerView(
            Numbers.count(found.items().size(), "job", "jobs") + " on this page",
            trail.isFirst() ? null : list.at(trail.newer()),
            found.hasMore() ? list.at(trail.older(found.items().getLast().id())) : null));
  }

  private static List<JobRow> rows(
      Page<Job> found, CompanyRequest request, EndpointNames names, boolean isRunning) {
    return found.items().stream()
        .filter(job -> (job.status() == JobStatus.RUNNING) == isRunning)
        .map(job -> JobRow.of(job, names, request.paths(), request.times()))
        .toList();
  }
}
