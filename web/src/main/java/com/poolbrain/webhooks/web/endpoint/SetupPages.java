package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.EndpointWithHealth;
import com.poolbrain.webhooks.management.audit.AuditTrail;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.secret.SecretManagement.RevealedSecrets;
import com.poolbrain.webhooks.store.audit.AuditFilter;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.Page;
import com.poolbrain.webhooks.web.page.PrettyJson;
import com.poolbrain.webhooks.web.page.Tab;
import com.poolbrain.webhooks.web.testsend.TestResultView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The checklist from the switch to a verified test delivery: of a company without endpoints, and
/// of each endpoint.
final class SetupPages {

  private static final String TEMPLATE = "endpoint/setup.jte";
  private static final String SAMPLE_EVENT = "customer.created";
  private static final UUID SAMPLE_ID = UUID.fromString("01a20d4e-5a1c-7c41-9e0b-3f6d8a2b71e4");
  private static final int RECENT_ENTRIES = 200;

  private final CompanyPages pages;
  private final AuditTrail auditTrail;
  private final DeliveryManagement deliveries;
  private final EventTypeRegistry eventTypes;
  private final DeliveryPromise promise;
  private final List<Snippet> snippets = Snippets.read();

  SetupPages(
      CompanyPages pages,
      AuditTrail auditTrail,
      DeliveryManagement deliveries,
      EventTypeRegistry eventTypes,
      DeliveryPromise promise) {
    this.pages = pages;
    this.auditTrail = auditTrail;
    this.deliveries = deliveries;
    this.eventTypes = eventTypes;
    this.promise = promise;
  }

  /// The page of a company without endpoints.
  Response showFirst(CompanyRequest request) {
    return show(200, request, null, null, null, null);
  }

  /// The page of an endpoint.
  ///
  /// @param revealed its secrets; null while they are masked
  /// @param test the test send that was just made; null for none
  /// @param refusal why the last form was refused; null if it was not
  Response show(
      int status,
      CompanyRequest request,
      @Nullable EndpointWithHealth found,
      @Nullable RevealedSecrets revealed,
      @Nullable TestResultView test,
      @Nullable String refusal) {
    String title = found == null ? "First steps" : "Set up the endpoint";
    Page page = pages.page(request, Tab.ENDPOINTS, title);
    var view =
        new SetupView(
            page.company().webhooksEnabled(),
            found == null ? null : EndpointHeader.of(found, request.paths(), request.times()),
            found == null ? null : secret(request, found.endpoint(), revealed),
            revealed != null || (found != null && wasRevealed(request, found.endpoint())),
            test != null || found == null ? test : lastTest(request, found.endpoint()),
            refusal,
            snippets,
            Snippets.find(snippets, request.query().text("language")),
            sample(request, page.company(), found == null ? null : found.endpoint()),
            promise);
    return pages.show(status, page, TEMPLATE, view);
  }

  private static SecretView secret(
      CompanyRequest request, Endpoint endpoint, @Nullable RevealedSecrets revealed) {
    return SecretView.of(
        request.paths().endpoint(endpoint.id(), "/secret"),
        endpoint.signingSecrets(),
        request.times().now(),
        revealed);
  }

  private boolean wasRevealed(CompanyRequest request, Endpoint endpoint) {
    return recent(request, endpoint, AuditAction.SECRET_REVEALED).findAny().isPresent();
  }

  /// The last test of the endpoint, so that its step stays done; null if there was none.
  private @Nullable TestResultView lastTest(CompanyRequest request, Endpoint endpoint) {
    return recent(request, endpoint, AuditAction.ENDPOINT_TESTED)
        .findFirst()
        .map(entry -> entry.subject().deliveryId())
        .map(delivery -> TestResultView.find(deliveries, request, delivery))
        .orElse(null);
  }

  /// What was done with an endpoint, the latest first.
  private Stream<AuditEntry> recent(CompanyRequest request, Endpoint endpoint, AuditAction action) {
    var filter = new AuditFilter(request.companyId(), null, action, endpoint.createdAt(), null);
    return auditTrail.list(request.principal(), filter, null, RECENT_ENTRIES).items().stream()
        .filter(entry -> endpoint.id().equals(entry.subject().endpointId()));
  }

  private SetupView.Sample sample(
      CompanyRequest request, Company company, @Nullable Endpoint endpoint) {
    String name = endpoint == null ? SAMPLE_EVENT : endpoint.subscribedEvents().getFirst();
    EventTypeDefinition type =
        eventTypes
            .catalogue()
            .find(name)
            .or(() -> eventTypes.catalogue().find(SAMPLE_EVENT))
            .map(ResolvedEventType::type)
            .orElseThrow();
    byte[] body =
        Envelope.write(
            SAMPLE_ID,
            name,
            company.id(),
            request.times().now(),
            type.samples().single().getBytes(StandardCharsets.US_ASCII));
    String path = endpoint == null ? "/webhooks/poolbrain" : endpoint.url().getRawPath();
    return new SetupView.Sample(
        name,
        path == null || path.isEmpty() ? "/" : path,
        PrettyJson.of(new String(body, StandardCharsets.UTF_8)));
  }
}
