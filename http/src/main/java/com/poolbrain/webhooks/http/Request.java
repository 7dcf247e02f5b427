package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.input.Cookies;
import com.poolbrain.webhooks.http.input.FormFields;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.http.input.UuidText;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.http.problem.ProblemType;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An authorized request, with its body.
public final class Request {

  private static final byte[] EMPTY_OBJECT = {'{', '}'};

  private final @Nullable Identity identity;
  private final Supplier<InetAddress> clientAddress;
  private final String method;
  private final Map<String, String> pathVariables;
  private final String rawQuery;
  private final Function<String, List<String>> headers;
  private final byte[] body;
  private final BodyParsing bodyParsing;

  Request(
      @Nullable Identity identity,
      Supplier<InetAddress> clientAddress,
      String method,
      Map<String, String> pathVariables,
      String rawQuery,
      Function<String, List<String>> headers,
      byte[] body,
      BodyParsing bodyParsing) {
    this.identity = identity;
    this.clientAddress = clientAddress;
    this.method = method;
    this.pathVariables = pathVariables;
    this.rawQuery = rawQuery;
    this.headers = headers;
    this.body = body;
    this.bodyParsing = bodyParsing;
  }

  /// The sender; null if the route needs no credentials.
  public @Nullable Identity identity() {
    return identity;
  }

  /// The address of the sender. A trusted proxy is asked for it.
  public InetAddress clientAddress() {
    return clientAddress.get();
  }

  /// Whether only the headers of the response are asked for: a `HEAD` request, which must change
  /// nothing.
  public boolean isHead() {
    return method.equals("HEAD");
  }

  /// A UUID in the path, such as `{endpoint_id}`.
  ///
  /// @param resourceName for the 404 of a text that is no UUID: `endpoint`
  public UUID pathId(String variable, String resourceName) {
    UUID id = UuidText.parse(pathVariable(variable));
    if (id == null) {
      throw new ProblemException(
          Problem.notFound(
              "There is no " + resourceName + " " + Problem.shorten(pathVariable(variable)) + "."));
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

  /// The query parameters.
  public QueryParams queryParams() {
    return QueryParams.parse(rawQuery);
  }

  /// The body as a JSON object. May block: a large body waits for its sender's turn to be parsed.
  ///
  /// @throws ProblemException 413 if the body is larger than 1 MiB, 400 or 422 if it is no object
  public JsonFields jsonFields() {
    requireSmallBody();
    return bodyParsing.parse(body, () -> JsonFields.parse(body));
  }

  private void requireSmallBody() {
    if (body.length > HttpLimits.MAX_JSON_FIELDS_BYTES) {
      throw new ProblemException(
          Problem.of(
              ProblemType.TOO_LARGE,
              "The body of this request has at most %d bytes."
                  .formatted(HttpLimits.MAX_JSON_FIELDS_BYTES)));
    }
  }

  /// The body as a JSON object; without fields if there is no body.
  ///
  /// @throws ProblemException as [#jsonFields()]
  public JsonFields optionalJsonFields() {
    return body.length == 0 ? JsonFields.parse(EMPTY_OBJECT) : jsonFields();
  }

  /// The body as the fields of a form.
  ///
  /// @throws ProblemException 413 if the body is larger than 1 MiB, 422 if it is no form
  public FormFields form() {
    requireSmallBody();
    return FormFields.parse(new String(body, StandardCharsets.ISO_8859_1));
  }

  /// The value of a cookie; null if it was not sent.
  public @Nullable String cookie(String name) {
    return Cookies.find(headers.apply("Cookie"), name);
  }

  /// The names of all cookies.
  public List<String> cookieNames() {
    return Cookies.names(headers.apply("Cookie"));
  }

  /// The query as the fields of a form, none of which is refused.
  public FormFields queryFields() {
    return FormFields.parse(rawQuery);
  }

  /// The bytes of the body, which must not be changed.
  public byte[] body() {
    return body;
  }

  /// The value of a header; null if it was not sent.
  ///
  /// @throws ProblemException 422 if it was sent with different values
  public @Nullable String header(String name) {
    List<String> values = headers.apply(name).stream().distinct().toList();
    if (values.size() > 1) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID,
              "The header %s was sent with %d different values; send one."
                  .formatted(name, values.size())));
    }
    return values.isEmpty() ? null : values.getFirst();
  }
}
