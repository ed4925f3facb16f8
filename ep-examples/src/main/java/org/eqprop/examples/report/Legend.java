package org.eqprop.examples.report;

/** Where the names of a chart's series stand. */
public enum Legend {
  /** In the corner of the plot that no curve passes through; if there is none, on the right. */
  AUTO,
  /** No legend. */
  NONE,
  /** Right of the plot. */
  RIGHT,
  /** One row under the plot. */
  BELOW,
  /** The upper left corner of the plot. */
  TOP_LEFT,
  /** The upper right corner of the plot. */
  TOP_RIGHT,
  /** The lower left corner of the plot. */
  BOTTOM_LEFT,
  /** The lower right corner of the plot. */
  BOTTOM_RIGHT
}
