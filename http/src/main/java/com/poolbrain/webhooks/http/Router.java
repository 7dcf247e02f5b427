package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.events.Suggestions;
import com.poolbrain.webhooks.http.input.PercentDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request.
final class Router {

  /// The result of looking up a method and a path.
  sealed interface Match {
    record Found(HttpRoute route, Map<String, String> pathVariables) implements Match {}

    /// The path exists, but not with this method.
    record MethodNotAllowed(String allowedMethods) implements Match {}

    /// There is no such path.
    ///
    /// @param suggestedPath a similar path that exists; null if there is none
    record NotFound(@Nullable String suggestedPath) implements Match {}
  }

  private record PathPattern(HttpRoute route, String[] segments) {}

  /// Longer paths get no suggestion: it is made before a request is authorized.
  private static final int MAX_SUGGESTED_PATH = 256;

  private final List<HttpRoute> routes;
  private final Map<String, HttpRoute> staticRoutes = new HashMap<>();
  private final Map<Integer, List<PathPattern>> patternsBySegmentCount = new HashMap<>();

  Router(List<HttpRoute> routes) {
    this.routes = List.copyOf(routes);
    for (HttpRoute route : routes) {
      if (route.path().contains("{")) {
        String[] segments = splitSegments(route.path());
        patternsBySegmentCount
            .computeIfAbsent(segments.length, _ -> new ArrayList<>())
            .add(new PathPattern(route, segments));
      } else if (staticRoutes.put(route.method() + " " + route.path(), route) != null) {
        throw new IllegalArgumentException(
            "duplicate route " + route.method() + " " + route.path());
      }
    }
  }

  Match match(String method, String path) {
    String requested = method.equals("HEAD") ? "GET" : method;
    HttpRoute route = staticRoutes.get(requested + " " + path);
    if (route != null) {
      return new Match.Found(route, Map.of());
    }
    String[] segments = splitSegments(path);
    var allowedMethods = new TreeSet<String>();
    for (PathPattern pathPattern :
        patternsBySegmentCount.getOrDefault(segments.length, List.of())) {
      Map<String, String> variables = matchVariables(pathPattern.segments(), segments);
      if (variables != null && pathPattern.route().method().equals(requested)) {
        return new Match.Found(pathPattern.route(), variables);
      } else if (variables != null) {
        allowedMethods.add(pathPattern.route().method());
      }
    }
    for (HttpRoute sibling : routes) {
      if (sibling.path().equals(path)) {
        allowedMethods.add(sibling.method());
      }
    }
    if (allowedMethods.isEmpty()) {
      return new Match.NotFound(path.length() > MAX_SUGGESTED_PATH ? null : suggestPath(segments));
    }
    if (allowedMethods.contains("GET")) {
      allowedMethods.add("HEAD");
    }
    return new Match.MethodNotAllowed(String.join(", ", allowedMethods));
  }

  private static String[] splitSegments(String path) {
    return path.split("/", -1);
  }

  private static @Nullable Map<String, String> matchVariables(String[] pattern, String[] path) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i].startsWith("{")) {
        String value = PercentDecoder.decode(path[i]);
        if (value == null || value.isEmpty()) {
          return null;
        }
        variables.put(pattern[i].substring(1, pattern[i].length() - 1), value);
      } else if (!pattern[i].equals(path[i])) {
        return null;
      }
    }
    return variables;
  }

  /// The most similar path of a route, with its variables taken from the requested path.
  private @Nullable String suggestPath(String[] requested) {
    var candidates = new ArrayList<String>();
    for (HttpRoute route : routes) {
      String[] segments = splitSegments(route.path());
      for (int i = 0; i < segments.length; i++) {
        if (segments[i].startsWith("{") && i < requested.length && !requested[i].isEmpty()) {
          segments[i] = requested[i];
        }
      }
      candidates.add(String.join("/", segments));
    }
    String path = String.join("/", requested);
    for (String prefix : List.of("", "/api/v1", "/api")) {
      if (candidates.contains(prefix + path)) {
        return prefix + path;
      }
    }
    return Suggestions.nearest(path, candidates);
  }
}
