package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.management.Principal;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a caller asks, read whole and let in.
public final class Request {

  static final String COMPANY_ID = "company_id";

  private final Principal principal;
  private final Map<String, String> pathVariables;
  private final String rawQuery;
  private final Function<String, @Nullable String> headers;
  private final byte[] body;

  Request(
      Principal principal,
      Map<String, String> pathVariables,
      String rawQuery,
      Function<String, @Nullable String> headers,
      byte[] body) {
    this.principal = principal;
    this.pathVariables = pathVariables;
    this.rawQuery = rawQuery;
    this.headers = headers;
    this.body = body;
  }

  /// Who asks.
  public Principal principal() {
    return principal;
  }

  /// The `{company_id}` of the path: one that the caller may reach, whether or not it exists.
  public long companyId() {
    long id = companyId(pathVariable(COMPANY_ID));
    if (id == 0 || !principal.canAccessCompany(id)) {
      throw new ProblemException(companyNotFound(pathVariable(COMPANY_ID)));
    }
    return id;
  }

  /// 404 for a company that isn't there or isn't the caller's: the same words for both.
  public static Problem companyNotFound(String id) {
    return Problem.notFound("There is no company " + truncate(id) + ".");
  }

  /// A UUID in the path, such as `{endpoint_id}`.
  ///
  /// @param resourceName what it would be the id of, for the 404 if it is no UUID: `endpoint`
  public UUID pathId(String variable, String resourceName) {
    UUID id = parseUuid(pathVariable(variable));
    if (id == null) {
      throw new ProblemException(
          Problem.notFound(
              "There is no " + resourceName + " " + truncate(pathVariable(variable)) + "."));
    }
    return id;
  }

  /// A variable of the path, decoded.
  public String pathVariable(String name) {
    String value = pathVariables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path of this route has no {" + name + "}");
    }
    return value;
  }

  /// The parameters after the `?`.
  public QueryParams queryParams() {
    return QueryParams.parse(rawQuery);
  }

  /// The body as a JSON object.
  ///
  /// @throws Refusal 413 if it is larger than any object that is meant to be read whole
  public JsonFields jsonFields() {
    if (body.length > HttpLimits.MAX_JSON_FIELDS_BYTES) {
      throw new ProblemException(
          Problem.of(
              ProblemType.TOO_LARGE,
              "The body of this request has at most %d bytes."
                  .formatted(HttpLimits.MAX_JSON_FIELDS_BYTES)));
    }
    return JsonFields.parse(body);
  }

  /// The body as it came; never changed by anybody.
  public byte[] body() {
    return body;
  }

  /// A header; null if it was not sent.
  public @Nullable String header(String name) {
    return headers.apply(name);
  }

  /// The text as it may be repeated in an answer: not endless.
  static String truncate(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "…";
  }

  static @Nullable UUID parseUuid(String text) {
    if (text.length() != 36) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// The company's number; 0 if the text is none.
  private static long companyId(String text) {
    if (text.isEmpty() || text.length() > 16 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    long id = Long.parseLong(text);
    return id <= Company.MAX_ID ? id : 0;
  }
}
