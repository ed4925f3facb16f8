package org.eqprop.core.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.idx.IdxFile;
import org.eqprop.core.internal.idx.IdxLabels;
import org.eqprop.core.internal.idx.IdxScale;
import org.eqprop.core.internal.idx.IdxType;
import org.eqprop.core.learn.Samples;

/**
 * Samples from two files in the IDX format of MNIST, plain or gzipped: images of any number of
 * dimensions, and their labels.
 *
 * <p>Bytes p become p/255. Of the other types values from 0 to 1 are taken as they are, whole ones
 * from 0 to 255 are divided by 255. The values of a sample keep the file's order.
 */
public final class Idx implements Samples {
  private final IdxFile images;
  private final ByteBuffer body;
  private final int inputSize;
  private final int white;
  private final int[] labels;
  private final int classes;

  private Idx(IdxFile images, int[] labels, int classes) {
    this.images = images;
    this.body = images.body();
    this.inputSize = images.length() / images.count();
    this.white = IdxScale.white(images);
    this.labels = labels;
    this.classes = classes;
  }

  /**
   * Reads both files. There are as many classes as the largest label says.
   *
   * @param images the file of images
   * @param labels the file of labels: one for each image, from 0 on
   * @return the samples
   * @throws DataException if a file cannot be read, is damaged, of another format or empty, if the
   *     numbers of images and labels differ, or a label is negative or above 65535
   */
  public static Samples read(Path images, Path labels) {
    IdxFile pixels = IdxFile.read(images, IdxFile.Kind.IMAGES);
    if (pixels.sizes().length < 2) {
      throw new DataException(
          images, "holds labels where images belong", "check which file has which name");
    }
    int[] classes = IdxLabels.of(IdxFile.read(labels, IdxFile.Kind.LABELS));
    if (classes.length != pixels.count()) {
      throw new DataException(
          labels,
          "holds " + classes.length + " labels for the " + pixels.count() + " images of " + images,
          "take both files from the same source");
    }
    int largest = 0;
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0 || classes[i] > 0xFFFF) {
        throw new DataException(
            labels, "label " + i + " is " + classes[i], "labels are from 0 to 65535");
      }
      largest = Math.max(largest, classes[i]);
    }
    return new Idx(pixels, classes, largest + 1);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int inputSize() {
    return inputSize;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public void copyInput(int i, float[] destination, int offset) {
    int first = i * inputSize;
    if (images.type() == IdxType.UBYTE) {
      byte[] bytes = images.data();
      for (int p = 0; p < inputSize; p++) {
        destination[offset + p] = (bytes[first + p] & 0xFF) / (float) IdxScale.BYTE_WHITE;
      }
      return;
    }
    for (int p = 0; p < inputSize; p++) {
      destination[offset + p] = (float) images.type().value(body, first + p) / white;
    }
  }
}
