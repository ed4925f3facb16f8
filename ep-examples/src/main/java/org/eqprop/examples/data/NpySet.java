package org.eqprop.examples.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eqprop.core.DataException;
import org.jspecify.annotations.Nullable;

/** Samples from NumPy arrays: x and y, or those for training and for testing. */
final class NpySet {
  /** Names of the samples and of their labels, in small letters. */
  private static final List<List<String>> WHOLE =
      List.of(
          List.of("x", "y"),
          List.of("data", "target"),
          List.of("data", "labels"),
          List.of("images", "labels"),
          List.of("features", "labels"));

  private static final List<List<String>> TRAIN =
      List.of(
          List.of("x_train", "y_train"),
          List.of("train_x", "train_y"),
          List.of("train_images", "train_labels"),
          List.of("train_data", "train_labels"));

  private static final List<List<String>> TEST =
      List.of(
          List.of("x_test", "y_test"),
          List.of("test_x", "test_y"),
          List.of("test_images", "test_labels"),
          List.of("test_data", "test_labels"),
          List.of("x_val", "y_val"),
          List.of("val_images", "val_labels"));

  private final NpyArrays arrays;

  private NpySet(NpyArrays arrays) {
    this.arrays = arrays;
  }

  /**
   * Reads arrays.
   *
   * @param name what the data is called in messages
   * @param path where it is
   * @throws DataException if there are no arrays of such names, or they are not sound
   */
  static FoundData read(String name, Path path, NpyArrays arrays, ReadOptions options) {
    NpySet set = new NpySet(arrays);
    List<String> train = set.pair(TRAIN);
    if (train == null) {
      List<String> whole = set.pair(WHOLE);
      if (whole == null) {
        throw new DataException(
            path,
            "there are " + arrays.names(),
            "call them x_train, y_train, x_test and y_test, or x and y");
      }
      return set.part(whole, "samples", 0).split(name, path, options);
    }
    LabelledPart training = set.part(train, "training samples", 0);
    List<String> test = set.pair(TEST);
    if (test == null) {
      return training.split(name, path, options);
    }
    int white = NpyImages.of(arrays.array(train.get(0)), 0).white();
    return training.with(set.part(test, "test samples", white), name, path, options);
  }

  private @Nullable List<String> pair(List<List<String>> names) {
    return names.stream()
        .filter(pair -> pair.stream().allMatch(arrays::has))
        .findFirst()
        .orElse(null);
  }

  /**
   * The samples and labels of two arrays.
   *
   * @param white the value that is 1.0, or 0 if the values tell
   */
  private LabelledPart part(List<String> pair, String part, int white) {
    NpyImages images = NpyImages.of(arrays.array(pair.get(0)), white);
    NpyArray y = arrays.array(pair.get(1));
    return new LabelledPart(
        y.place(),
        images.shape(),
        images.pixels(),
        labels(y),
        Map.of(part, arrays.sha256(pair.get(0)), part + ", labels", arrays.sha256(pair.get(1))));
  }

  /** The labels of an array: one a sample, or a row a sample with a single 1 for its class. */
  private static List<String> labels(NpyArray y) {
    int items = y.items();
    if (items == 0) {
      throw new DataException(y.place(), "the array has no labels", "give one for each sample");
    }
    int columns = y.count() / items;
    if (columns == 1) {
      List<String> texts = IntStream.range(0, items).mapToObj(i -> label(y, i)).toList();
      return texts;
    }
    if (y.sizes().length != 2 || y.type().isText()) {
      throw noLabels(y);
    }
    return IntStream.range(0, items)
        .mapToObj(i -> Integer.toString(one(y, i * columns, columns)))
        .toList();
  }

  private static String label(NpyArray y, int i) {
    if (y.type().isText()) {
      return y.text(i);
    }
    double value = y.value(i);
    if (value != (int) value) {
      throw new DataException(
          y.place(),
          "label " + value + " of sample " + i + " is no whole number of 32 bits",
          "labels are numbers of classes, such as 0, 1, 2, or texts");
    }
    return Integer.toString((int) value);
  }

  private static int one(NpyArray y, int from, int columns) {
    int found = -1;
    for (int c = 0; c < columns; c++) {
      double value = y.value(from + c);
      if (value != 0 && (value != 1 || found >= 0)) {
        throw noLabels(y);
      }
      found = value == 1 ? c : found;
    }
    if (found < 0) {
      throw noLabels(y);
    }
    return found;
  }

  private static DataException noLabels(NpyArray y) {
    return new DataException(
        y.place(),
        "the array of " + y.shape() + " has no labels",
        "give one label for each sample, or a row of zeros with a single 1");
  }
}
