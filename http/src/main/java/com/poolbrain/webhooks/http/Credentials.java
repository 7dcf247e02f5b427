package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.input.Cookies;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the head of a request says about its sender.
public final class Credentials {

  private final Function<String, List<String>> headers;
  private final Map<String, String> pathVariables;
  private final Supplier<InetAddress> clientAddress;

  /// @param headers the values of a header by its name
  public Credentials(
      Function<String, List<String>> headers,
      Map<String, String> pathVariables,
      Supplier<InetAddress> clientAddress) {
    this.headers = headers;
    this.pathVariables = pathVariables;
    this.clientAddress = clientAddress;
  }

  /// The `Authorization` header; null if it is absent, empty if it was sent more than once.
  public @Nullable String authorization() {
    List<String> values = headers.apply("Authorization");
    return values.isEmpty() ? null : values.size() == 1 ? values.getFirst() : "";
  }

  /// The value of a cookie; null if it is absent. Of several, the first one counts.
  public @Nullable String cookie(String name) {
    return Cookies.find(headers.apply("Cookie"), name);
  }

  /// The variables of the path, decoded.
  public Map<String, String> pathVariables() {
    return pathVariables;
  }

  /// The address of the client.
  public InetAddress clientAddress() {
    return clientAddress.get();
  }
}
