package com.poolbrain.webhooks.web.page;

import com.poolbrain.webhooks.domain.Sha256;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Style sheets, scripts and the icon. The path of each contains a hash of its content, so browsers
/// keep it for a year and still see each change at once.
public final class Assets {

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final List<String> NAMES =
      List.of(
          "tokens.css",
          "page.css",
          "page.js",
          "live.js",
          "signature.js",
          "htmx.min.js",
          "icon.svg");

  private static final int HASH_LENGTH = 12;

  private final Map<String, Asset> byName = new LinkedHashMap<>();

  private record Asset(String path, Response response) {}

  /// Reads all assets from the resources of the module.
  public Assets() {
    for (String name : NAMES) {
      byName.put(name, read(name));
    }
  }

  private static Asset read(String name) {
    try (InputStream in =
        Assets.class.getResourceAsStream("/com/poolbrain/webhooks/web/assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the build has no asset " + name);
      }
      byte[] bytes = in.readAllBytes();
      String hash = HexFormat.of().formatHex(Sha256.hash(bytes)).substring(0, HASH_LENGTH);
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      return new Asset(
          "/assets/" + hash + "/" + name,
          new Response(
              200, type, bytes, Map.of("Cache-Control", "public, max-age=31536000, immutable")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The path of an asset.
  public String path(String name) {
    Asset asset = byName.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("there is no asset " + name);
    }
    return asset.path();
  }

  /// The routes of all assets.
  public List<HttpRoute> routes() {
    return byName.values().stream()
        .map(asset -> HttpRoute.asyncGet(asset.path(), null, (_, _) -> completed(asset.response())))
        .toList();
  }

  private static CompletionStage<Response> completed(Response response) {
    return CompletableFuture.completedStage(response);
  }
}
