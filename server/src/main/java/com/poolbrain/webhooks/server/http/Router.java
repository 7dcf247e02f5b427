package com.poolbrain.webhooks.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request.
final class Router {

  /// What a method and a path lead to.
  sealed interface Match {
    /// To a route.
    record Found(Route route, Map<String, String> variables) implements Match {}

    /// To a path that is there, but not with this method.
    record OtherMethods(String allowed) implements Match {}

    /// To nothing.
    ///
    /// @param meant a path that is there and looks alike, if one does
    record Nothing(@Nullable String meant) implements Match {}
  }

  private record Pattern(Route route, String[] segments) {}

  private final List<Route> routes;
  private final Map<String, Route> fixed = new HashMap<>();
  private final Map<Integer, List<Pattern>> withVariables = new HashMap<>();

  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
    for (Route route : routes) {
      if (route.path().contains("{")) {
        String[] segments = segments(route.path());
        withVariables
            .computeIfAbsent(segments.length, _ -> new ArrayList<>())
            .add(new Pattern(route, segments));
      } else if (fixed.put(route.method() + " " + route.path(), route) != null) {
        throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
      }
    }
  }

  List<Route> routes() {
    return routes;
  }

  Match match(String method, String path) {
    String asked = method.equals("HEAD") ? "GET" : method;
    Route route = fixed.get(asked + " " + path);
    if (route != null) {
      return new Match.Found(route, Map.of());
    }
    String[] segments = segments(path);
    var allowed = new TreeSet<String>();
    for (Pattern pattern : withVariables.getOrDefault(segments.length, List.of())) {
      Map<String, String> variables = variables(pattern.segments(), segments);
      if (variables != null && pattern.route().method().equals(asked)) {
        return new Match.Found(pattern.route(), variables);
      } else if (variables != null) {
        allowed.add(pattern.route().method());
      }
    }
    for (Route other : routes) {
      if (other.path().equals(path)) {
        allowed.add(other.method());
      }
    }
    if (allowed.isEmpty()) {
      return new Match.Nothing(nearest(segments));
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return new Match.OtherMethods(String.join(", ", allowed));
  }

  private static String[] segments(String path) {
    return path.split("/", -1);
  }

  private static @Nullable Map<String, String> variables(String[] pattern, String[] path) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i].startsWith("{")) {
        String value = Percent.decode(path[i]);
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

  /// The path of a route that looks alike, with the variables of the one that was asked for.
  private @Nullable String nearest(String[] asked) {
    var candidates = new ArrayList<String>();
    for (Route route : routes) {
      String[] segments = segments(route.path());
      for (int i = 0; i < segments.length; i++) {
        if (segments[i].startsWith("{") && i < asked.length && !asked[i].isEmpty()) {
          segments[i] = asked[i];
        }
      }
      candidates.add(String.join("/", segments));
    }
    String path = String.join("/", asked);
    for (String base : List.of("", "/api/v1", "/api")) {
      if (candidates.contains(base + path)) {
        return base + path;
      }
    }
    return Nearest.to(path, candidates);
  }
}
