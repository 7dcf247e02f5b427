package com.poolbrain.webhooks.web.component;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step of a timeline.
///
/// @param tone of its icon
/// @param icon id of the icon without its prefix
/// @param at null if it is not known
/// @param title what happened
/// @param href where the title leads; null for nowhere
/// @param lines further facts, the most important first
/// @param advice what to do, in plain words; null for nothing
/// @param countdownTo the title ends with what is left until then; null for no countdown
public record TrailStep(
    String tone,
    String icon,
    @Nullable Instant at,
    String title,
    @Nullable String href,
    List<String> lines,
    @Nullable String advice,
    @Nullable Instant countdownTo) {

  public TrailStep {
    lines = List.copyOf(lines);
  }

  /// A step that leads nowhere.
  public TrailStep(
      String tone, String icon, @Nullable Instant at, String title, List<String> lines) {
    this(tone, icon, at, title, null, lines, null, null);
  }

  /// The same step with advice.
  public TrailStep withAdvice(@Nullable String newAdvice) {
    return new TrailStep(tone, icon, at, title, href, lines, newAdvice, countdownTo);
  }

  /// The same step with a link.
  public TrailStep withHref(String newHref) {
    return new TrailStep(tone, icon, at, title, newHref, lines, advice, countdownTo);
  }

  /// The same step with a countdown to its time.
  public TrailStep withCountdown() {
    return new TrailStep(tone, icon, at, title, href, lines, advice, at);
  }
}
