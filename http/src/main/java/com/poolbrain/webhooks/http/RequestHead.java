package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules of RFC 9112 for the head of a request that the HTTP decoder leaves to its user. A
/// proxy in front of the service may read a head differently that breaks them.
final class RequestHead {

  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=%-]*|\\[[0-9A-Fa-f:.]+])(:[0-9]*)?");

  private RequestHead() {}

  /// The problem of a head from which the end of the body can't be known; null if there is none.
  /// The connection is useless then.
  static @Nullable Problem checkFraming(HttpServerRequest request) {
    for (Map.Entry<String, String> header : request.headers()) {
      if (!isToken(header.getKey())) {
        return badRequest("A header line does not begin with a name and a colon.");
      }
    }
    List<String> codings = transferCodings(request);
    if (codings.isEmpty()) {
      return null;
    }
    if (request.version() != HttpVersion.HTTP_1_1
        || codings.indexOf("chunked") != codings.size() - 1) {
      return badRequest("The last Transfer-Encoding must be chunked, once, in HTTP/1.1.");
    }
    return request.headers().contains("Content-Length")
        ? badRequest("Send either Content-Length or Transfer-Encoding.")
        : null;
  }

  /// The problem of a head whose body has a known end; null if there is none.
  static @Nullable Problem check(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll("Host");
    boolean needsHost = request.version() == HttpVersion.HTTP_1_1;
    if (hosts.size() > 1 || (hosts.isEmpty() && needsHost)) {
      return badRequest(
          "The request has %d Host headers; HTTP/1.1 demands one.".formatted(hosts.size()));
    }
    if (!hosts.isEmpty() && !HOST.matcher(hosts.getFirst()).matches()) {
      return badRequest("The Host header is not a host name or address with an optional port.");
    }
    return transferCodings(request).size() > 1
        ? Problem.of(
            ProblemType.NOT_IMPLEMENTED, "Send the body without any Transfer-Encoding but chunked.")
        : null;
  }

  private static Problem badRequest(String detail) {
    return Problem.of(ProblemType.BAD_REQUEST, detail);
  }

  private static List<String> transferCodings(HttpServerRequest request) {
    List<String> codings = new ArrayList<>(1);
    for (String value : request.headers().getAll("Transfer-Encoding")) {
      for (String coding : value.split(",", -1)) {
        codings.add(coding.strip().toLowerCase(Locale.ROOT));
      }
    }
    return codings;
  }

  private static boolean isToken(String name) {
    return !name.isEmpty() && name.chars().allMatch(RequestHead::isTokenCharacter);
  }

  private static boolean isTokenCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
