package org.eqprop.examples.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads data sets in the IDX format of MNIST: images with magic number 0x803, labels with 0x801,
 * each file plain or gzipped whatever its name.
 */
public final class IdxReader {

  private static final int WHITE = 255;

  private IdxReader() {}

  /**
   * Reads one file of images and its file of labels.
   *
   * @param name what the set is called in messages
   * @param images the file of images, one byte a pixel
   * @param labels the file of labels, one byte each
   * @param classes number of classes, in 1..256
   * @return the set; a pixel p becomes {@code p / 255f}
   * @throws DataException if a file cannot be read, is truncated, damaged, too long, empty or of
   *     another format; if the two counts differ; if a label is not in 0..classes-1
   */
  public static Dataset read(String name, Path images, Path labels, int classes) {
    IdxFile pixels = IdxFile.read(images, IdxFile.Kind.IMAGES);
    byte[] classOf = IdxFile.read(labels, IdxFile.Kind.LABELS).data;
    int count = pixels.sizes[0];
    if (count != classOf.length) {
      String what = "holds " + classOf.length + " labels for the " + count + " images of " + images;
      throw new DataException(labels, what, "take both files from the same source");
    }
    for (int i = 0; i < classOf.length; i++) {
      int label = classOf[i] & 0xFF;
      if (label >= classes) {
        String what = "label " + label + " of sample " + i + " is not in 0.." + (classes - 1);
        throw new DataException(labels, what, "take the labels that belong to these images");
      }
    }
    ImageShape shape = new ImageShape(1, pixels.sizes[1], pixels.sizes[2]);
    return new Dataset(name, shape, classes, WHITE, pixels.data, classOf);
  }

  /**
   * Reads one file of images without labels.
   *
   * @param images the file of images, one byte a pixel
   * @return the images, all with the one label 0
   * @throws DataException as in {@link #read}
   */
  public static Dataset readImages(Path images) {
    IdxFile pixels = IdxFile.read(images, IdxFile.Kind.IMAGES);
    ImageShape shape = new ImageShape(1, pixels.sizes[1], pixels.sizes[2]);
    byte[] noLabels = new byte[pixels.sizes[0]];
    return new Dataset(images.toString(), shape, 1, WHITE, pixels.data, noLabels);
  }

  /** Whether a file begins like an IDX file, plain or gzipped; false if it cannot be read. */
  public static boolean isIdx(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      int first = in.read();
      int second = in.read();
      return (first == 0 && second == 0) || (first == 0x1f && second == 0x8b);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Reads the four files that MNIST and its relatives consist of: {@code train-} and {@code t10k-},
   * {@code images-idx3-ubyte} and {@code labels-idx1-ubyte}, with or without {@code .gz}.
   *
   * @param name what the set is called in messages
   * @param folder where the files are
   * @param classes number of classes, in 1..256
   * @return both parts
   * @throws DataException if a file is missing or not sound (see {@link #read}), or if the images
   *     of the two parts differ in size
   */
  public static TrainTest readFolder(String name, Path folder, int classes) {
    Path trainImages = IdxFolder.require(folder, IdxFolder.TRAIN_IMAGES);
    Path trainLabels = IdxFolder.require(folder, IdxFolder.TRAIN_LABELS);
    Path testImages = IdxFolder.require(folder, IdxFolder.TEST_IMAGES);
    Path testLabels = IdxFolder.require(folder, IdxFolder.TEST_LABELS);
    Dataset train = read(name, trainImages, trainLabels, classes);
    Dataset test = read(name, testImages, testLabels, classes);
    if (!train.shape().equals(test.shape())) {
      String what = "images of " + test.shape() + ", but the training images are " + train.shape();
      throw new DataException(testImages, what, "take all four files from the same source");
    }
    return new TrainTest(train, test);
  }
}
