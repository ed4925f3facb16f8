package org.eqprop.examples.data;

import java.nio.file.Path;
import org.eqprop.core.DataException;

/** Samples without labels, for a model to predict: IDX files, tables and NumPy arrays. */
public final class Unlabelled {
  private Unlabelled() {}

  /** Whether a file is one of these. */
  public static boolean isOne(Path file) {
    return OtherData.isTable(file) || OtherData.isArray(file) || IdxReader.isIdx(file);
  }

  /**
   * Reads samples.
   *
   * @param file the file
   * @param shape what the model takes
   * @param labelColumn the column of a table's labels, which is left out; empty for the last
   * @return the samples, all with the one label 0
   * @throws DataException if the file cannot be read, or is not sound
   */
  public static Dataset read(Path file, ImageShape shape, String labelColumn) {
    if (OtherData.isTable(file)) {
      return CsvTable.rows(file, shape.size(), labelColumn);
    }
    if (!OtherData.isArray(file)) {
      return IdxReader.readImages(file);
    }
    NpyImages images = NpyImages.of(NpyArray.of(file, FileContent.of(file).bytes()), 0);
    return new Dataset(
        file.toString(),
        images.shape(),
        ClassLabels.upTo(1),
        images.pixels(),
        new int[images.pixels().length() / images.shape().size()]);
  }
}
