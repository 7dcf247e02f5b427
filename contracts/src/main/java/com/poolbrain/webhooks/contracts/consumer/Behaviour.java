package com.poolbrain.webhooks.contracts.consumer;

import java.io.IOException;

/// How a consumer treats every request that it gets.
public sealed interface Behaviour extends RawServer.Script {

  /// It answers.
  ///
  /// @param headers further header lines, each ended by CR LF
  record Answers(int status, String headers, String body) implements Behaviour {

    /// Without further headers.
    public Answers(int status, String body) {
      this(status, "", body);
    }

    @Override
    public void serve(Visit visit) throws IOException {
      while (true) {
        visit.request();
        visit.answer(status, headers, body);
      }
    }
  }

  /// It reads the request and never says anything.
  record StaysSilent() implements Behaviour {
    @Override
    public void serve(Visit visit) throws IOException {
      visit.request();
      visit.waitForTheEnd();
    }
  }

  /// It sends its head in drops, and never the end of it.
  record DripsHead() implements Behaviour {
    @Override
    public void serve(Visit visit) throws IOException {
      visit.request();
      visit.say("HTTP/1.1 200 OK\r\n");
      visit.drip("X-Drip: 1\r\n");
    }
  }

  /// It sends its body in drops, and never the end of it.
  record DripsBody(int status) implements Behaviour {
    @Override
    public void serve(Visit visit) throws IOException {
      visit.request();
      visit.say("HTTP/1.1 " + status + " Whatever\r\nContent-Length: 100000\r\n\r\n");
      visit.drip("drip ");
    }
  }

  /// It reads the request and drops the connection.
  record Resets() implements Behaviour {
    @Override
    public void serve(Visit visit) throws IOException {
      visit.request();
      visit.reset();
    }
  }

  /// It hangs up in the middle of a body.
  record HangsUpInTheBody(int status) implements Behaviour {
    @Override
    public void serve(Visit visit) throws IOException {
      visit.request();
      visit.say("HTTP/1.1 " + status + " Whatever\r\nContent-Length: 100\r\n\r\nso far");
      visit.hangUp();
    }
  }

  /// It says something that is no HTTP.
  record TalksNonsense() implements Behaviour {
    @Override
    public void serve(Visit visit) throws IOException {
      visit.request();
      visit.say("220 mail.example.com ESMTP\r\n\r\n");
      visit.waitForTheEnd();
    }
  }
}
