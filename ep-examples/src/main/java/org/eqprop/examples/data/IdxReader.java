package org.eqprop.examples.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.file.InputFiles;
import org.eqprop.core.internal.idx.IdxFile;
import org.eqprop.core.internal.idx.IdxLabels;
import org.eqprop.core.internal.idx.IdxType;
import org.jspecify.annotations.Nullable;

/**
 * Reads data sets in the IDX format of MNIST, each file plain or gzipped whatever its name.
 *
 * <p>Images have 3 dimensions (images, rows, columns), 4 with channels before or after rows and
 * columns, or 2 (images, values). Bytes p become {@code p / 255f}. Of the other types values from 0
 * to 1 are taken as they are, whole ones from 0 to 255 are divided by 255. For labels see {@link
 * IdxLabels}; any number of classes with any first label is read.
 */
public final class IdxReader {

  private IdxReader() {}

  /**
   * Reads one file of images and its file of labels.
   *
   * @param name what the set is called in messages
   * @param images the file of images
   * @param labels the file of labels
   * @return the set, with the classes whose labels occur
   * @throws DataException if a file cannot be read, is truncated, damaged, too long, empty or of
   *     another format; if the two counts differ; if the labels are no classes
   */
  public static Dataset read(String name, Path images, Path labels) {
    IdxImages pixels = IdxImages.of(IdxFile.read(images, IdxFile.Kind.IMAGES));
    return join(name, pixels, pixels.white(), IdxFile.read(labels, IdxFile.Kind.LABELS));
  }

  private static Dataset join(String name, IdxImages images, int unit, IdxFile labelFile) {
    int[] labels = IdxLabels.of(labelFile);
    int count = images.file().count();
    if (count != labels.length) {
      String what =
          "holds "
              + labels.length
              + " labels for the "
              + count
              + " images of "
              + images.file().path();
      throw new DataException(labelFile.path(), what, "take both files from the same source");
    }
    long different = Arrays.stream(labels).distinct().count();
    if (different > ClassLabels.MOST) {
      String what = "has " + different + " different labels";
      throw new DataException(labelFile.path(), what, "at most 65536 classes are supported");
    }
    ClassLabels classes = ClassLabels.of(Arrays.stream(labels));
    return new Dataset(name, images.shape(), classes, images.pixels(unit), labels);
  }

  /**
   * Reads one file of images without labels.
   *
   * @param images the file of images
   * @return the images, all with the one label 0
   * @throws DataException as in {@link #read}
   */
  public static Dataset readImages(Path images) {
    IdxImages pixels = IdxImages.of(IdxFile.read(images, IdxFile.Kind.IMAGES));
    int[] noLabels = new int[pixels.file().count()];
    return new Dataset(
        images.toString(),
        pixels.shape(),
        ClassLabels.upTo(1),
        pixels.pixels(pixels.white()),
        noLabels);
  }

  /** Whether a file begins like an IDX file, plain or gzipped; false if it cannot be read. */
  public static boolean isIdx(Path file) {
    try (InputStream in = InputFiles.open(file)) {
      int first = in.read();
      int second = in.read();
      boolean plain = first == 0 && second == 0 && IdxType.of(in.read()) != null;
      return plain || (first == 0x1f && second == 0x8b);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Reads the four files that MNIST and its relatives consist of.
   *
   * @param name what the set is called in messages
   * @param folder where the files are
   * @param least classes that the set has even if no sample has their label, or null
   * @return both parts, with the classes whose labels occur in either
   * @throws DataException if a file is missing or not sound (see {@link #read}), or if the images
   *     of the two parts differ in size or type
   */
  static FoundData readFolder(String name, IdxFolder folder, @Nullable ClassLabels least) {
    for (IdxFolder.Role role : IdxFolder.Role.values()) {
      folder.require(role);
    }
    Map<String, String> digests = new TreeMap<>();
    IdxImages trainImages = IdxImages.of(open(folder, IdxFolder.Role.TRAIN_IMAGES, digests));
    Dataset train =
        join(
            name,
            trainImages,
            trainImages.white(),
            open(folder, IdxFolder.Role.TRAIN_LABELS, digests));
    IdxImages testImages = IdxImages.of(open(folder, IdxFolder.Role.TEST_IMAGES, digests));
    requireSame(
        testImages.file().path(), testImages.shape().toString(), trainImages.shape().toString());
    requireSame(
        testImages.file().path(),
        testImages.file().type().plural(),
        trainImages.file().type().plural());
    IdxFile testLabels = open(folder, IdxFolder.Role.TEST_LABELS, digests);
    Dataset test = join(name, testImages, trainImages.white(), testLabels);
    ClassLabels classes = train.classLabels().and(test.classLabels());
    TrainTest parts =
        new TrainTest(
            train.withClasses(least == null ? classes : classes.and(least)),
            test.withClasses(least == null ? classes : classes.and(least)));
    List<String> remarks = new ArrayList<>(folder.remarks());
    if (!classes.equals(train.classLabels())) {
      remarks.add(
          "The test labels of "
              + name
              + " have the classes "
              + test.classLabels()
              + ", the training labels only "
              + train.classLabels()
              + ".");
    }
    if (least == null && classes.count() == 1) {
      remarks.add(
          "All labels of "
              + name
              + " are "
              + classes
              + ", so every prediction is right and nothing is learned; are they the right files?");
    }
    return new FoundData(
        parts, new DataIdentity(folder.path().toString(), digests), false, remarks);
  }

  private static IdxFile open(IdxFolder folder, IdxFolder.Role role, Map<String, String> digests) {
    boolean images = role == IdxFolder.Role.TRAIN_IMAGES || role == IdxFolder.Role.TEST_IMAGES;
    Path file = folder.require(role);
    IdxFile read = IdxFile.read(file, images ? IdxFile.Kind.IMAGES : IdxFile.Kind.LABELS);
    digests.put(role.content, read.sha256());
    return read;
  }

  private static void requireSame(Path testImages, String test, String train) {
    if (!test.equals(train)) {
      String what = "images of " + test + ", but the training images are " + train;
      throw new DataException(testImages, what, "take all four files from the same source");
    }
  }
}
