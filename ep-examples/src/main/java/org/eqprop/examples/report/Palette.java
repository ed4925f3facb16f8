package org.eqprop.examples.report;

import java.awt.Color;

/** Colours that people with any colour vision can tell apart (Okabe and Ito, 2008). */
final class Palette {
  static final Color TEXT = new Color(0x22, 0x22, 0x22);
  static final Color FRAME = new Color(0x88, 0x88, 0x88);
  static final Color GRID = new Color(0xe4, 0xe4, 0xe4);

  private static final Color[] SERIES = {
    new Color(0x00, 0x72, 0xb2),
    new Color(0xd5, 0x5e, 0x00),
    new Color(0x00, 0x9e, 0x73),
    new Color(0xcc, 0x79, 0xa7),
    new Color(0xe6, 0x9f, 0x00),
    new Color(0x56, 0xb4, 0xe9),
    new Color(0x00, 0x00, 0x00),
    new Color(0x80, 0x80, 0x80),
    new Color(0x6a, 0x3d, 0x9a),
    new Color(0x8b, 0x45, 0x13)
  };

  private Palette() {}

  static Color of(int index) {
    return SERIES[Math.floorMod(index, SERIES.length)];
  }

  /** The colour half way to white. */
  static Color pale(Color color) {
    return new Color(
        (color.getRed() + 255) / 2, (color.getGreen() + 255) / 2, (color.getBlue() + 255) / 2);
  }
}
