package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.consumer.httpserver.WebhookHttpHandler;
import com.poolbrain.webhooks.consumer.jdbc.JdbcIdempotencyStore;
import com.poolbrain.webhooks.consumer.jdbc.JdbcInbox;
import com.poolbrain.webhooks.events.payload.CustomerCreated;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/// The consumer that [KilledConsumerTest] kills, a process of its own: it counts each customer in
/// the table `effect`, in the transaction that completes the webhook.
final class KilledConsumer {

  private KilledConsumer() {}

  private interface Completion {
    void completeIn(Connection connection, Claim claim) throws SQLException;
  }

  /// Handles webhooks until it is killed.
  ///
  /// @param arguments URL, user and password of the database, and `inbox` or `store`
  public static void main(String... arguments) throws Exception {
    var connections = new PGConnectionPoolDataSource();
    connections.setUrl(arguments[0]);
    connections.setUser(arguments[1]);
    connections.setPassword(arguments[2]);
    // The pool of H2 works with any driver and prints nothing: standard output is for the port.
    DataSource dataSource = JdbcConnectionPool.create(connections);
    WebhookReceiverBuilder builder = WebhookReceiver.builder().secret(SignedRequest.SECRET);
    if (arguments[3].equals("inbox")) {
      JdbcInbox inbox = JdbcInbox.of(dataSource);
      // A killed process leaves its claims until the lease ends.
      var options = new InboxOptions(4, Duration.ofSeconds(2), List.of(Duration.ZERO));
      builder
          .inbox(inbox, options)
          .on(CustomerCreated.class, counting(dataSource, inbox::completeIn));
    } else {
      JdbcIdempotencyStore store = JdbcIdempotencyStore.of(dataSource);
      builder
          .idempotency(store)
          .lease(Duration.ofSeconds(2))
          .on(CustomerCreated.class, counting(dataSource, store::completeIn));
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", new WebhookHttpHandler(builder.build()));
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private static GroupHandler<CustomerCreated> counting(
      DataSource dataSource, Completion completion) {
    return (customers, context) -> {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
            connection.prepareStatement("insert into effect (customer) values (?)")) {
          insert.setLong(1, customers.get(0).customerId());
          insert.executeUpdate();
        }
        completion.completeIn(connection, context.claim());
        connection.commit();
      }
    };
  }
}
