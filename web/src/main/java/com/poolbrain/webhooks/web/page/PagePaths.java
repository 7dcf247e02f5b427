package com.poolbrain.webhooks.web.page;

import java.util.UUID;

/// The paths of all pages of a company, as browsers request them.
///
/// @param base the path of the public URL; empty if it has none
public record PagePaths(String base, long companyId) {

  /// The path of the routes of all pages of a company.
  public static final String COMPANY = "/companies/{company_id}/webhooks";

  /// The first page: the endpoints, or the first steps.
  public String home() {
    return base + "/companies/" + companyId + "/webhooks";
  }

  /// A page below the first one.
  ///
  /// @param path begins with a slash
  public String of(String path) {
    return home() + path;
  }

  /// One endpoint.
  public String endpoint(UUID id) {
    return of("/endpoints/" + id);
  }

  /// A page below that of an endpoint.
  ///
  /// @param path begins with a slash
  public String endpoint(UUID id, String path) {
    return endpoint(id) + path;
  }

  /// The list of deliveries.
  public String deliveries() {
    return of("/deliveries");
  }

  /// The list of deliveries with filters.
  ///
  /// @param query without a question mark
  public String deliveries(String query) {
    return of("/deliveries?" + query);
  }

  /// The tab Recovery with an endpoint selected.
  public String recovery(UUID endpointId) {
    return of("/recovery?endpoint_id=" + endpointId);
  }

  /// One delivery.
  public String delivery(UUID id) {
    return of("/deliveries/" + id);
  }
}
