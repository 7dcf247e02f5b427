package com.poolbrain.webhooks.web.page;

/// What is the same for all pages.
///
/// @param base the path of the public URL; empty if it has none
public record Site(String base, Assets assets) {

  /// The path of an asset.
  public String asset(String name) {
    return base + assets.path(name);
  }

  /// The documentation.
  public String docs() {
    return base + "/docs";
  }
}
