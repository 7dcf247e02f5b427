package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.server.docs.DocsRoutes;
import com.poolbrain.webhooks.server.docs.EventTypeRoutes;
import com.poolbrain.webhooks.server.http.Route;
import com.poolbrain.webhooks.server.manage.EndpointRules;
import com.poolbrain.webhooks.server.manage.Management;
import com.poolbrain.webhooks.server.ops.OperationRoutes;
import com.poolbrain.webhooks.server.ops.OperationRoutes.Check;
import com.poolbrain.webhooks.server.publish.PublishReader;
import com.poolbrain.webhooks.server.publish.Publishing;
import java.util.List;
import java.util.stream.Stream;

/// All routes of the service.
final class Routes {

  private Routes() {}

  static List<Route> of(Started started, Catalogue catalogue, boolean allowHttp) {
    var rules =
        new EndpointRules(catalogue, allowHttp, started.storage().random(), started.clock());
    return Stream.of(
            new Publishing(new PublishReader(catalogue), started.engine()::accept).routes(),
            new Management(started.storage().managed(started.engine()), started.engine(), rules)
                .routes(),
            new EventTypeRoutes(catalogue).routes(),
            new DocsRoutes(catalogue).routes(),
            new OperationRoutes(checks(started), started.metrics()::scrape).routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Check> checks(Started started) {
    return List.of(
        new Check("database", started.storage()::reachable),
        new Check("partitions", started.partitions()::ready),
        new Check("lease", () -> started.engine().pulse().fresh()));
  }
}
