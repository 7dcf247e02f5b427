package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.api.Api;
import com.poolbrain.webhooks.cli.listen.Inbox;
import com.poolbrain.webhooks.cli.listen.Listener;
import com.poolbrain.webhooks.cli.listen.Misbehaviour;
import com.poolbrain.webhooks.signature.Secret;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The company of the story with its endpoints, all of them behind one [Listener].
final class DemoCompany {

  static final long ID = 40;
  static final String NAME = "Crystal Clear Pools";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Api api;
  private final Listener listener;
  private final Requests requests = new Requests();
  private final Map<Subscriber, Member> members = new EnumMap<>(Subscriber.class);

  /// An endpoint that exists.
  record Member(String endpointId, String url) {}

  DemoCompany(Api api, Listener listener) {
    this.api = api;
    this.listener = listener;
  }

  void signUp() {
    api.put("/companies/" + ID, JSON.createObjectNode().put("name", NAME));
    api.patch("/companies/" + ID, JSON.createObjectNode().put("webhooks_enabled", true));
  }

  /// Makes the subscriber's endpoint, and gives its secret to the inbox that it leads to.
  Member subscribe(Subscriber subscriber) {
    String path = "/" + subscriber.label();
    ObjectNode wanted = JSON.createObjectNode();
    wanted.put("url", "https://localhost:" + listener.port() + path);
    subscriber.events().forEach(wanted.putArray("events")::add);
    JsonNode made = api.post("/companies/" + ID + "/endpoints", wanted);
    listener.put(
        path,
        new Inbox(
            Secret.parse(made.path("secret").asString()),
            Misbehaviour.failing(subscriber.failures()),
            arrival -> requests.add(subscriber, arrival)));
    Member member = new Member(made.path("id").asString(), made.path("url").asString());
    members.put(subscriber, member);
    return member;
  }

  /// The subscriber behind an endpoint's id, or the id itself.
  String nameOf(String endpointId) {
    for (Map.Entry<Subscriber, Member> entry : members.entrySet()) {
      if (entry.getValue().endpointId().equals(endpointId)) {
        return entry.getKey().label();
      }
    }
    return endpointId;
  }

  /// What arrived at its endpoints.
  Requests requests() {
    return requests;
  }
}
