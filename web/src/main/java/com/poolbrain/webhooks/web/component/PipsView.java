package com.poolbrain.webhooks.web.component;

import java.util.ArrayList;
import java.util.List;

/// The attempts of a retry schedule as small marks, and `n/4` in words.
///
/// @param pips empty if there are too many to draw
public record PipsView(List<Pip> pips, String text) {

  private static final int MAX_DRAWN = 8;
  private static final double STEP = 6;

  /// A mark.
  ///
  /// @param style class of its colour; empty for an attempt that is not made yet
  public record Pip(String style, double x) {

    /// Whether it is drawn as an outline.
    public boolean isOutline() {
      return style.equals("pips__next");
    }
  }

  /// The marks of a delivery.
  ///
  /// @param made automatic attempts since the schedule last began
  /// @param max attempts of the schedule
  /// @param isLastGood whether the last of them succeeded
  /// @param isNextPlanned whether another one follows or is running
  public static PipsView of(int made, int max, boolean isLastGood, boolean isNextPlanned) {
    int shown = Math.min(made, max);
    List<Pip> pips = new ArrayList<>();
    for (int i = 0; i < max && max <= MAX_DRAWN; i++) {
      pips.add(new Pip(style(i, shown, isLastGood, isNextPlanned), i * STEP));
    }
    return new PipsView(List.copyOf(pips), shown + "/" + max);
  }

  private static String style(int index, int made, boolean isLastGood, boolean isNextPlanned) {
    if (index < made) {
      return isLastGood && index == made - 1 ? "pips__ok" : "pips__bad";
    }
    return isNextPlanned && index == made ? "pips__next" : "";
  }

  /// The width of the drawing.
  public int width() {
    return (int) (pips.size() * STEP) - 2;
  }
}
