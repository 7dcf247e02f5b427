package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.management.secret.SecretManagement;
import com.poolbrain.webhooks.management.secret.SecretManagement.RevealedSecrets;
import com.poolbrain.webhooks.web.component.QuestionView;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.Tab;
import com.poolbrain.webhooks.web.page.Toast;
import java.util.List;

/// The signing secret of an endpoint: revealed, copied, rolled.
final class SecretRoutes {

  private static final String PATH = "/endpoints/{endpoint_id}/secret";

  private final CompanyPages pages;
  private final EndpointPages endpointPages;
  private final SecretManagement secrets;

  SecretRoutes(CompanyPages pages, EndpointPages endpointPages, SecretManagement secrets) {
    this.pages = pages;
    this.endpointPages = endpointPages;
    this.secrets = secrets;
  }

  List<HttpRoute> routes() {
    var change = Operation.CHANGE_SECRET;
    return List.of(
        pages.form(PATH + "/reveal", Operation.REVEAL_SECRET, this::reveal),
        pages.form(PATH + "/copy", Operation.REVEAL_SECRET, this::copy),
        pages.form(PATH + "/roll", change, this::roll),
        pages.form(PATH + "/cancel-roll", change, this::cancelRoll),
        pages.form(PATH + "/activate", change, this::activate),
        pages.get(PATH + "/revoke-previous", change, this::askRevoke),
        pages.form(PATH + "/revoke-previous", change, this::revokePrevious));
  }

  private Result<RevealedSecrets> revealed(CompanyRequest request) {
    return secrets.reveal(request.principal(), request.companyId(), request.endpointId());
  }

  private Response reveal(CompanyRequest request) {
    return switch (revealed(request)) {
      case Result.Done<RevealedSecrets>(var found) -> endpointPages.reveal(request, found);
      case Result.Refused<RevealedSecrets>(var advice) -> endpointPages.refuse(request, advice);
    };
  }

  /// The secret as plain text without a line break, for the clipboard.
  private Response copy(CompanyRequest request) {
    return switch (revealed(request)) {
      case Result.Done<RevealedSecrets>(var found) -> {
        String next = found.next();
        boolean wantsNext = request.form().text("which").equals("next") && next != null;
        yield pages.text(wantsNext && next != null ? next : found.active());
      }
      case Result.Refused<RevealedSecrets>(var advice) -> endpointPages.refuse(request, advice);
    };
  }

  private Response roll(CompanyRequest request) throws InterruptedException {
    return after(
        request,
        secrets.roll(request.principal(), request.companyId(), request.endpointId(), null),
        Toast.SECRET_ROLLED);
  }

  private Response cancelRoll(CompanyRequest request) throws InterruptedException {
    return after(
        request,
        secrets.cancelRoll(request.principal(), request.companyId(), request.endpointId()),
        Toast.ROLL_CANCELLED);
  }

  private Response activate(CompanyRequest request) throws InterruptedException {
    String overlap = request.form().text("overlap_seconds");
    return after(
        request,
        secrets.activate(
            request.principal(),
            request.companyId(),
            request.endpointId(),
            overlap.matches("[0-9]{1,9}") ? Long.valueOf(overlap) : null),
        Toast.SECRET_ACTIVATED);
  }

  private Response askRevoke(CompanyRequest request) {
    String path = request.paths().endpoint(request.endpointId());
    return pages.ask(
        request,
        Tab.ENDPOINTS,
        new QuestionView(
            "End the previous secret now?",
            List.of(
                "Requests are signed with the new secret alone from then on.",
                "A server that still verifies with the previous one refuses them."),
            "Revoke previous",
            "Keep it",
            path + "/secret/revoke-previous",
            path));
  }

  private Response revokePrevious(CompanyRequest request) throws InterruptedException {
    return after(
        request,
        secrets.revokePrevious(request.principal(), request.companyId(), request.endpointId()),
        Toast.PREVIOUS_REVOKED);
  }

  private Response after(CompanyRequest request, Result<?> result, Toast toast) {
    return switch (result) {
      case Result.Done<?> _ -> pages.done(endpointPages.origin(request), toast);
      case Result.Refused<?>(var advice) -> endpointPages.refuse(request, advice);
    };
  }
}
