package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.companyId;
import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.api.manage.JobRoutes.StartedJobView;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.erasure.ErasureManagement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Routes that remove content: that about one customer, or a whole company.
public final class ErasureRoutes {

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,1000}");

  private final ErasureManagement erasures;

  public ErasureRoutes(ErasureManagement erasures) {
    this.erasures = erasures;
  }

  private record DeletionView(UUID jobId) {}

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.post(
            CompanyRoutes.COMPANY_PATH + "/erase",
            OperationAccess.to(Operation.ERASE_CONTENT),
            this::erase),
        HttpRoute.delete(
            CompanyRoutes.COMPANY_PATH,
            OperationAccess.to(Operation.DELETE_COMPANY),
            this::delete));
  }

  private Response erase(Request request) throws InterruptedException {
    JsonFields fields = request.jsonFields();
    String customerId = parseCustomerId(fields);
    ApiRequests.rejectInvalid(fields, ErasureManagement.validateCustomerId(customerId));
    return ApiResponses.orConflict(
        erasures.eraseCustomer(principal(request), companyId(request), String.valueOf(customerId)),
        job -> Response.accepted(StartedJobView.of(job)));
  }

  /// A customer's id as an integer or a text.
  private static @Nullable String parseCustomerId(JsonFields fields) {
    byte[] json = fields.raw("customer_id");
    String text = json == null ? "" : new String(json, StandardCharsets.US_ASCII);
    return INTEGER.matcher(text).matches() ? text : fields.text("customer_id");
  }

  private Response delete(Request request) throws InterruptedException {
    return ApiResponses.orConflict(
        erasures.deleteCompany(principal(request), companyId(request)),
        job -> Response.accepted(new DeletionView(job.id())));
  }
}
