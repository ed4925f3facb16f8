package org.eqprop.examples.report;

import java.awt.Font;

/**
 * The fonts of a figure.
 *
 * @param family such as {@code SansSerif}, {@code Serif} or the name of an installed one
 */
record Typeface(String family) {
  /** The machine's own font without serifs. */
  static final Typeface SANS = new Typeface(Font.SANS_SERIF);

  /** Pixels of {@link #small}, by which a figure's size is chosen. */
  static final int SMALL_SIZE = 12;

  /** Of titles. */
  Font title() {
    return new Font(family, Font.BOLD, 16);
  }

  /** Of axis titles. */
  Font axis() {
    return new Font(family, Font.PLAIN, 13);
  }

  /** Of all other texts. */
  Font small() {
    return new Font(family, Font.PLAIN, SMALL_SIZE);
  }
}
