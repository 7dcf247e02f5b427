package com.poolbrain.webhooks.testkit.endpoint;

import java.io.IOException;

/// Behavior of an endpoint towards every request.
public sealed interface EndpointBehavior extends ScriptedServer.Script {

  /// Responds at once.
  ///
  /// @param headers additional header lines, each with CR LF
  record Responds(int status, String headers, String body) implements EndpointBehavior {

    /// A response without additional headers.
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

  /// Reads the request and never responds.
  record NeverResponds() implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.awaitClientClose();
    }
  }

  /// Sends header lines slowly, without end.
  record TricklesHeaders(int status) implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.send("HTTP/1.1 " + status + " Test\r\n");
      connection.trickle("X-Drip: 1\r\n");
    }
  }

  /// Sends the body slowly, without end.
  record TricklesBody(int status) implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.send("HTTP/1.1 " + status + " Test\r\nContent-Length: 100000\r\n\r\n");
      connection.trickle("drip ");
    }
  }

  /// Reads the request and resets the connection.
  record ResetsConnection() implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.reset();
    }
  }

  /// Breaks the TLS connection after the status line.
  record BreaksDuringHead(int status) implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.send("HTTP/1.1 " + status + " Test\r\nX-Header: unfin");
      connection.breakTls();
    }
  }

  /// Closes the connection within the status line.
  record ClosesInStatusLine() implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.send("HTTP/1.1 200 O");
      connection.closeAbruptly();
    }
  }

  /// Closes the connection within the body.
  record ClosesDuringBody(int status) implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.send("HTTP/1.1 " + status + " Test\r\nContent-Length: 100\r\n\r\nso far");
      connection.closeAbruptly();
    }
  }

  /// Sends bytes that are not HTTP.
  record SendsInvalidHttp() implements EndpointBehavior {
    @Override
    public void serve(ScriptedConnection connection) throws IOException {
      connection.readRequest();
      connection.send("220 mail.example.com ESMTP\r\n\r\n");
      connection.awaitClientClose();
    }
  }
}
