package com.poolbrain.webhooks.web.page;

import com.poolbrain.webhooks.domain.Company;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The frame of a page of a company: what all of them show around their content.
///
/// @param title of the browser tab
/// @param tab the selected tab
/// @param toast what the last form did; null if nothing is to be said
public record Page(
    String title,
    Tab tab,
    Site site,
    Company company,
    PagePaths paths,
    Visitor visitor,
    Times times,
    @Nullable Toast toast) {

  /// The path of the page of a tab.
  public String path(Tab other) {
    return paths.of(other.path());
  }

  /// The tabs that the user may open.
  public List<Tab> tabs() {
    return Arrays.stream(Tab.values())
        .filter(other -> other != Tab.AUDIT || visitor.mayChange())
        .toList();
  }
}
