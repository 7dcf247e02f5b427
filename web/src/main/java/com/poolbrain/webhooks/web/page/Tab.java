package com.poolbrain.webhooks.web.page;

/// A tab of the settings page.
public enum Tab {
  ENDPOINTS("Endpoints", ""),
  DELIVERIES("Deliveries", "/deliveries"),
  CATALOGUE("Event catalogue", "/events"),
  RECOVERY("Recovery", "/recovery"),
  AUDIT("Audit", "/audit");

  private final String label;
  private final String path;

  Tab(String label, String path) {
    this.label = label;
    this.path = path;
  }

  /// The text of the tab.
  public String label() {
    return label;
  }

  /// The path of its page below the first page of the company.
  public String path() {
    return path;
  }
}
