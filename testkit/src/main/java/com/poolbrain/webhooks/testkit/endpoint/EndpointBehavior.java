package com.poolbrain.webhooks.testkit.endpoint;

import java.io.IOException;

/// How a consumer treats every request that it gets.
public sealed interface EndpointBehavior extends ScriptedServer.Script {

  /// It answers.
  ///
  /// @param headers further header lines, each ended by CR LF
  record Responds(int status, String headers, String body) implements EndpointBehavior {

    /// Without further headers.
    public Responds(int status, String body) {
      this(status, "", body);
    }

    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      while (true) {
        connection.readRequest();
        connection.respond(status, headers, body);
      }
    }
  }

  /// It reads the request and never says anything.
  record NeverResponds() implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.awaitClientClose();
    }
  }

  /// It sends its head in drops, and never the end of it.
  record TricklesHeaders() implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.send("HTTP/1.1 200 OK\r\n");
      connection.trickle("X-Drip: 1\r\n");
    }
  }

  /// It sends its body in drops, and never the end of it.
  record TricklesBody(int status) implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.send("HTTP/1.1 " + status + " Whatever\r\nContent-Length: 100000\r\n\r\n");
      connection.trickle("drip ");
    }
  }

  /// It reads the request and drops the connection.
  record ResetsConnection() implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.reset();
    }
  }

  /// It hangs up in the middle of a body.
  record ClosesDuringBody(int status) implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.send("HTTP/1.1 " + status + " Whatever\r\nContent-Length: 100\r\n\r\nso far");
      connection.closeAbruptly();
    }
  }

  /// It says something that is no HTTP.
  record SendsInvalidHttp() implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.send("220 mail.example.com ESMTP\r\n\r\n");
      connection.awaitClientClose();
    }
  }
}
