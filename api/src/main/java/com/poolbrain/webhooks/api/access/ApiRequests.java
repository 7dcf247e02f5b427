package com.poolbrain.webhooks.api.access;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.export.ExportFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Reads what most requests of the API have in common.
public final class ApiRequests {

  private static final String COMPANY_ID = "company_id";

  private ApiRequests() {}

  /// The API key that sent the request, and its address.
  public static Principal principal(Request request) {
    return key(request).withFromAddress(request.clientAddress().getHostAddress());
  }

  /// The API key that sent the request.
  public static Principal key(Request request) {
    return ((ApiIdentity) Objects.requireNonNull(request.identity())).principal();
  }

  /// The `{company_id}` of the path.
  ///
  /// @throws NotFound if it is no id of a company
  public static long companyId(Request request) {
    return parseCompanyId(Map.of(COMPANY_ID, request.pathVariable(COMPANY_ID)));
  }

  static long parseCompanyId(Map<String, String> pathVariables) {
    String text = Objects.requireNonNull(pathVariables.get(COMPANY_ID));
    boolean isNumber =
        !text.isEmpty() && text.length() <= 16 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    long id = isNumber ? Long.parseLong(text) : 0;
    if (id < 1 || id > Company.MAX_ID) {
      throw NotFound.company(Problem.shorten(text));
    }
    return id;
  }

  /// The `format` of an export.
  public static ExportFormat exportFormat(QueryParams query) {
    String name = query.oneOf("format", ExportFormat.wireNames());
    return name == null ? ExportFormat.JSON : Objects.requireNonNull(ExportFormat.find(name));
  }

  /// Rejects the request with the errors of its fields and those of the use case, if any.
  public static void rejectInvalid(JsonFields fields, List<ValidationError> errors) {
    errors.forEach(error -> fields.addError(error.pointer(), error.detail()));
    fields.rejectInvalid();
  }
}
