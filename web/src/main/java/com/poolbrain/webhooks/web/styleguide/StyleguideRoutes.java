package com.poolbrain.webhooks.web.styleguide;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.web.page.Html;
import com.poolbrain.webhooks.web.page.Site;
import java.util.List;
import java.util.Map;

/// The page with all components.
public final class StyleguideRoutes {

  private final Html html;
  private final Site site;

  public StyleguideRoutes(Html html, Site site) {
    this.html = html;
    this.site = site;
  }

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get(
            "/styleguide",
            null,
            _ ->
                html.render(
                    200,
                    "styleguide/page.jte",
                    Map.of("site", site, "view", StyleguideView.sample()))));
  }
}
