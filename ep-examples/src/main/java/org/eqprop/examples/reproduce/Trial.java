package org.eqprop.examples.reproduce;

import java.nio.file.Path;

/**
 * One training of a cell.
 *
 * @param cell the cell
 * @param number from 1, which is also the seed
 */
public record Trial(Cell cell, int number) {

  /** Its folder within the folder of the table. */
  public Path folder(Path out) {
    return out.resolve(cell.id()).resolve("trial-" + number);
  }

  /** The name for people: {@code p-1h EP trial 2}. */
  public String title() {
    return cell.title() + " trial " + number;
  }
}
