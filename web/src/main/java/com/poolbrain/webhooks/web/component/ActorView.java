package com.poolbrain.webhooks.web.component;

import com.poolbrain.webhooks.domain.audit.Actor;
import org.jspecify.annotations.Nullable;

/// The user or key that did something.
///
/// @param via the key that opened the page for the user; null if a key did it itself
public record ActorView(String who, @Nullable String via) {

  private static final String USER = "user:";
  private static final String VIA = " via ";

  /// The view of an actor, whose name is `user:… via key:…` for users of pages.
  public static ActorView of(Actor actor) {
    String name = actor.name();
    int via = name.startsWith(USER) ? name.lastIndexOf(VIA) : -1;
    return via < 0
        ? new ActorView(name, null)
        : new ActorView(name.substring(USER.length(), via), name.substring(via + VIA.length()));
  }
}
