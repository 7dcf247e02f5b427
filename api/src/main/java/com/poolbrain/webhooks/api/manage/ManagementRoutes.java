package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.http.Route;
import com.poolbrain.webhooks.management.EndpointRules;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Repositories;
import com.poolbrain.webhooks.store.query.RunningAttempts;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The management half of the API.
///
/// ```java
/// var log = new DeliveryLog(database.api(), Management.running(engine));
/// var management = new Management(new Stores(companies, endpoints, health, keys, log), engine, rules);
/// List<Route> routes = management.routes();
/// ```
public final class ManagementRoutes {

  private final List<Route> routes;

  public ManagementRoutes(Repositories repositories, Engine engine, EndpointRules rules) {
    EventCatalogue eventCatalogue = rules.eventCatalogue();
    routes =
        Stream.of(
                new CompanyRoutes(repositories.companies(), engine).routes(),
                new EndpointRoutes(repositories, engine, rules).routes(),
                new ApiKeyRoutes(repositories.keys()).routes(),
                new DeliveryRoutes(repositories, eventCatalogue, engine).routes(),
                new TestSendRoutes(engine, eventCatalogue).routes())
            .flatMap(List::stream)
            .toList();
  }

  /// All routes.
  public List<Route> routes() {
    return routes;
  }

  /// What this node is attempting now. What another node owns counts as being delivered.
  public static RunningAttempts runningAttempts(Engine engine) {
    return (UUID owner, UUID delivery) ->
        !owner.equals(engine.incarnation()) || engine.isAttemptRunning(delivery);
  }

  /// How the caller is named on record.
  static String actorName(Principal principal) {
    return "key " + principal.keyId();
  }
}
