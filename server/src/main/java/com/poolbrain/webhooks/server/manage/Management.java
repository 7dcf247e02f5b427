package com.poolbrain.webhooks.server.manage;

import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.server.http.Caller;
import com.poolbrain.webhooks.server.http.Route;
import com.poolbrain.webhooks.store.log.Running;
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
public final class Management {

  private final List<Route> routes;

  public Management(Stores stores, Engine engine, EndpointRules rules) {
    Catalogue catalogue = rules.catalogue();
    routes =
        Stream.of(
                new CompanyRoutes(stores.companies(), engine).routes(),
                new EndpointRoutes(stores, engine, rules).routes(),
                new KeyRoutes(stores.keys()).routes(),
                new DeliveryRoutes(stores, catalogue, engine).routes(),
                new TestRoutes(engine, catalogue).routes())
            .flatMap(List::stream)
            .toList();
  }

  /// All routes.
  public List<Route> routes() {
    return routes;
  }

  /// What this node is attempting now. What another node owns counts as being delivered.
  public static Running running(Engine engine) {
    return (UUID owner, UUID delivery) ->
        !owner.equals(engine.incarnation()) || engine.running(delivery);
  }

  /// How the caller is named on record.
  static String actor(Caller caller) {
    return "key " + caller.keyId();
  }
}
