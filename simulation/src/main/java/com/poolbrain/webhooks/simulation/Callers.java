package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.engine.LedgerException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who asks something of the nodes of a story: publishers, and people who act on one delivery or
/// endpoint.
final class Callers {

  private final World world;
  private final List<NodeProcess> nodes;
  private final ConfigurationChanges changes;
  private final Cast cast;
  private final List<Publication> publications = new ArrayList<>();
  private final List<Handling> handlings = new ArrayList<>();

  Callers(World world, List<NodeProcess> nodes, ConfigurationChanges changes, Cast cast) {
    this.world = world;
    this.nodes = nodes;
    this.changes = changes;
    this.cast = cast;
  }

  List<Publication> publications() {
    return publications;
  }

  List<Handling> handlings() {
    return handlings;
  }

  /// What was asked of processes that live, and is not answered.
  List<String> unanswered() {
    List<String> why = new ArrayList<>();
    for (Publication publication : publications) {
      if (!publication.answered() && !publication.node().dead()) {
        why.add("publication " + publication.number() + " is not answered");
      }
    }
    for (Handling handling : handlings) {
      if (handling.answer() == null && !handling.node().dead()) {
        why.add(handling.what() + " " + handling.subject() + " is not answered");
      }
    }
    return why;
  }

  void publish(Scene.Publish scene) {
    NodeProcess node = serving(scene.node());
    if (node == null) {
      return;
    }
    Publication publication =
        new Publication(
            publications.size(),
            node.crew(),
            scene.submission(),
            world.ledger().configuration().version());
    publications.add(publication);
    world
        .journal()
        .note(
            node.name(),
            () -> "gets publication " + publication.number() + ": " + Wording.parts(publication));
    node.call(() -> {
      publication.handIn(node.engine(), world.ledger());
      world.journal().note(node.name(), () -> Wording.answer(publication));
    });
  }

  void byHand(Scene.ByHand scene) {
    NodeProcess node = serving(scene.node());
    List<UUID> subjects =
        scene.what() == Scene.Action.TEST
            ? List.copyOf(cast.tempers().keySet())
            : world.ledger().deliveries().stream().map(Delivery::id).toList();
    if (node == null || subjects.isEmpty()) {
      return;
    }
    UUID subject = subjects.get(scene.pick() % subjects.size());
    Handling handling = new Handling(scene.what(), node.crew(), subject);
    handlings.add(handling);
    world
        .journal()
        .note(node.name(), () -> "is asked to " + scene.what() + " " + Wording.shortly(subject));
    node.call(() -> {
      handling.answer(answer(node, handling));
      world.journal().note(node.name(), () -> scene.what() + " → " + handling.answer());
    });
  }

  private Object answer(NodeProcess node, Handling handling) throws InterruptedException {
    try {
      UUID subject = handling.subject();
      return switch (handling.what()) {
        case TEST ->
            node.engine()
                .test(
                    changes.companyOf(subject),
                    subject,
                    Types.STATUS,
                    ConfigurationChanges.sample());
        case REDELIVER -> node.engine().redeliver(companyOfDelivery(subject), subject);
        case CANCEL -> node.engine().cancel(companyOfDelivery(subject), subject);
      };
    } catch (LedgerException failure) {
      return failure;
    }
  }

  private long companyOfDelivery(UUID id) {
    return world.ledger().deliveries().stream()
        .filter(delivery -> delivery.id().equals(id))
        .findFirst()
        .orElseThrow()
        .made()
        .event()
        .companyId();
  }

  private @Nullable NodeProcess serving(int wanted) {
    for (int i = 0; i < nodes.size(); i++) {
      NodeProcess node = nodes.get((wanted + i) % nodes.size());
      if (node.serves()) {
        return node;
      }
    }
    return null;
  }
}
