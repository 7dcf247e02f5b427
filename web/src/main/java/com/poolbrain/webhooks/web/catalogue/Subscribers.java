package com.poolbrain.webhooks.web.catalogue;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.web.component.UrlView;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.PagePaths;
import java.util.List;

/// Which endpoints of a company get which event types.
record Subscribers(List<Endpoint> endpoints) {

  /// An endpoint that gets a type.
  ///
  /// @param name under which it subscribed
  record Subscriber(UrlView url, String path, String description, String name) {}

  /// `2 endpoints get it`.
  String count(EventTypeDefinition type) {
    long count =
        endpoints.stream().filter(endpoint -> !subscribedNames(endpoint, type).isEmpty()).count();
    return Numbers.count(count, "endpoint gets it", "endpoints get it");
  }

  List<Subscriber> of(EventTypeDefinition type, PagePaths paths) {
    return endpoints.stream()
        .flatMap(endpoint ->
            subscribedNames(endpoint, type).stream()
                .limit(1)
                .map(name ->
                    new Subscriber(
                        UrlView.of(endpoint.url()),
                        paths.endpoint(endpoint.id()),
                        endpoint.description(),
                        name)))
        .toList();
  }

  private static List<String> subscribedNames(Endpoint endpoint, EventTypeDefinition type) {
    return endpoint.subscribedEvents().stream().filter(type.names().all()::contains).toList();
  }
}
