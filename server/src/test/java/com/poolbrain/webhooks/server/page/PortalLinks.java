package com.poolbrain.webhooks.server.page;

import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;

/// Makes portal links with the API.
final class PortalLinks {

  private PortalLinks() {}

  static String of(TestCompany company, String role) {
    return of(company.api(), company, role);
  }

  static String of(ServiceClient api, TestCompany company, String role) {
    return api.post(
            company.path() + "/portal-links",
            "{\"role\": \"%s\", \"user\": \"dana@clearwater.example\"}".formatted(role))
        .expect(201)
        .path("url")
        .asString();
  }
}
