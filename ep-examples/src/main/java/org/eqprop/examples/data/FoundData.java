package org.eqprop.examples.data;

import java.util.List;
import org.eqprop.core.DataException;

/**
 * A data set as it was found.
 *
 * @param parts its two parts
 * @param identity what it is and where
 * @param published whether it is, byte for byte, the published set of the name it was asked for by
 * @param remarks what the user should know about it, each one sentence
 */
public record FoundData(
    TrainTest parts, DataIdentity identity, boolean published, List<String> remarks) {
  /** Data whose remarks are copied. */
  public FoundData {
    remarks = List.copyOf(remarks);
  }

  /**
   * The same with other classes.
   *
   * @param classes labels of classes, all that occur here among them
   * @return the same samples
   * @throws DataException if a sample has a label that is not among them
   */
  public FoundData withClasses(ClassLabels classes) {
    return new FoundData(parts.withClasses(classes), identity, published, remarks);
  }

  /**
   * The same images with rows and columns exchanged.
   *
   * @return the same samples, without the hint to do so
   */
  public FoundData transposed() {
    return new FoundData(
        parts.transposed(),
        identity,
        published,
        remarks.stream().filter(remark -> !remark.equals(Datasets.TRANSPOSE_HINT)).toList());
  }

  /**
   * Returns the data for people.
   *
   * @param name what it is called
   * @return the name, and the place if that is something else
   */
  public String describe(String name) {
    boolean there = identity.path().isEmpty() || identity.path().equals(name);
    return there ? name : name + " in " + identity.path();
  }
}
