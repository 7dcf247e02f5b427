package com.poolbrain.webhooks.web.notice;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.notice.UnsubscribeLinks;
import com.poolbrain.webhooks.management.notice.UnsubscribeLinks.Target;
import com.poolbrain.webhooks.management.notice.Unsubscription;
import com.poolbrain.webhooks.web.page.ErrorPages;
import com.poolbrain.webhooks.web.page.Html;
import com.poolbrain.webhooks.web.page.Site;
import java.util.List;
import java.util.Map;

/// The page of a link in a mail. Opening it changes nothing; its button, or one click in a mail
/// program (RFC 8058), ends the mails.
public final class UnsubscribeRoutes {

  private static final String PATH = UnsubscribeLinks.PATH + "{token}";

  private final Unsubscription unsubscription;
  private final Html html;
  private final Site site;
  private final ErrorPages errors;

  public UnsubscribeRoutes(Unsubscription unsubscription, Html html, Site site, ErrorPages errors) {
    this.unsubscription = unsubscription;
    this.html = html;
    this.site = site;
    this.errors = errors;
  }

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get(PATH, null, request -> answer(request, false)),
        HttpRoute.anyForm(PATH, null, request -> answer(request, true)));
  }

  private Response answer(Request request, boolean isEnding) {
    Target target = unsubscription.find(request.pathVariable("token"));
    if (target == null) {
      return errors.render(
          404,
          "This link is not valid",
          "It was changed or cut off on its way, or it is too old. Remove your address from the alert"
              + " e-mails in the Webhooks settings of Pool Brain instead.",
          false);
    }
    if (isEnding) {
      unsubscription.end(target, request.clientAddress().getHostAddress());
    }
    return html.render(
        200,
        "notice/unsubscribe.jte",
        Map.of(
            "site",
            site,
            "address",
            target.address(),
            "isAll",
            target.endpointId() == null,
            "isDone",
            isEnding));
  }
}
