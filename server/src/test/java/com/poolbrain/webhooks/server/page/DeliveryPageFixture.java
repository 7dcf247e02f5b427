package com.poolbrain.webhooks.server.page;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// A company with a receiver, and the pages that its users see.
@ExtendWith(SharedApplicationExtension.class)
abstract class DeliveryPageFixture {

  private static final Pattern ROW = Pattern.compile("class=\"cover\" href=\"([^\"?#]*)\"");

  final URI baseUrl;
  TestCompany company;
  HttpsReceiver receiver;
  PageClient manager;

  private final RunningApplication service;

  DeliveryPageFixture(RunningApplication service) {
    this.service = service;
    this.baseUrl = service.application().url();
  }

  @BeforeEach
  final void createCompany() {
    receiver = HttpsReceiver.accepting();
    company = TestCompany.create(service.client());
    manager = signIn("manager");
  }

  @AfterEach
  final void closeReceiver() {
    receiver.close();
  }

  final PageClient signIn(String role) {
    return PageClient.opened(baseUrl, PortalLinks.of(company, role));
  }

  /// A path below the first page of the company.
  final String path(String rest) {
    return company.path() + "/webhooks" + rest;
  }

  /// The page at a path below the first page of the company.
  final String show(String rest) {
    HttpResponse<String> response = manager.get(path(rest));
    if (response.statusCode() != 200) {
      throw new AssertionError(rest + " answered " + response.statusCode());
    }
    return response.body();
  }

  /// The paths of the rows of a list.
  static List<String> rows(String html) {
    List<String> rows = new ArrayList<>();
    Matcher matcher = ROW.matcher(html);
    while (matcher.find()) {
      rows.add(matcher.group(1));
    }
    return rows;
  }

  /// Where the first link of this text leads.
  static String link(String html, String text) {
    Matcher matcher =
        Pattern.compile("href=\"([^\"]*)\"[^>]*>(?:<svg.*?</svg>)?" + Pattern.quote(text))
            .matcher(html);
    if (!matcher.find()) {
      throw new AssertionError("no link " + text);
    }
    return matcher.group(1).replace("&amp;", "&");
  }

  final String publishCustomer(int id) {
    return company.publishCustomerCreated(id);
  }

  /// Publishes an event, and returns the id of its only delivery when it has this status.
  final String deliver(String status) {
    String event = publishCustomer(7);
    return Await.until(
            "the delivery is " + status,
            () -> company.listDeliveries("q=" + event, "status=" + status),
            found -> found.size() == 1)
        .getFirst()
        .path("id")
        .asString();
  }
}
