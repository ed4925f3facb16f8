package org.eqprop.examples.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.DataException;

/**
 * Samples with labels as a file, or several, have them.
 *
 * @param place where they are, for messages
 * @param shape geometry of each
 * @param pixels their values
 * @param labels the name or number of the class of each
 * @param content what they consist of: names and digests, as in {@link DataIdentity}
 */
record LabelledPart(
    Path place, ImageShape shape, Pixels pixels, List<String> labels, Map<String, String> content) {
  /**
   * Checked.
   *
   * @throws DataException if there are no samples, not as many labels as samples, or too many
   *     classes
   */
  LabelledPart {
    int samples = pixels.length() / shape.size();
    if (labels.isEmpty()) {
      throw new DataException(place, "there are no samples", "give data that has some");
    }
    if (samples != labels.size()) {
      throw new DataException(
          place,
          "there are " + samples + " samples and " + labels.size() + " labels",
          "give one label for each sample");
    }
    long different = labels.stream().distinct().count();
    if (different > ClassLabels.MOST) {
      throw new DataException(
          place, "there are " + different + " different labels", "at most 65536 are supported");
    }
    labels = List.copyOf(labels);
    content = Map.copyOf(content);
  }

  private Dataset dataset(String name, ClassLabels classes) {
    int[] numbers =
        labels.stream().mapToInt(text -> classes.label(classes.indexOf(text))).toArray();
    return new Dataset(name, shape, classes, pixels, numbers);
  }

  /** The samples, split by the options. */
  FoundData split(String name, Path path, ReadOptions options) {
    if (labels.size() < 2) {
      throw new DataException(place, "there is only one sample", "give more, for a test part");
    }
    Dataset all = dataset(name, ClassLabels.of(labels));
    SeededSplit split =
        SeededSplit.of(all.labels(), all.classes(), options.share(), options.splitSeed());
    Remarks remarks = new Remarks();
    if (!options.asked()) {
      remarks.add(Datasets.noTestPart(place, options.share()));
    }
    remarks.oneClass(path, all.classes());
    return new FoundData(
        new TrainTest(all.samples(split.train()), all.samples(split.test())),
        identity(path, content),
        false,
        remarks.all());
  }

  /** The samples to learn from, with others to test. */
  FoundData with(LabelledPart test, String name, Path path, ReadOptions options) {
    if (options.insistsOnShare()) {
      throw new DataException(path, "there is a test part already", "leave --test-share out");
    }
    if (!test.shape.equals(shape)) {
      throw new DataException(
          test.place,
          "samples of " + test.shape + ", but the training samples are of " + shape,
          "take both parts from the same source");
    }
    ClassLabels own = ClassLabels.of(labels);
    ClassLabels classes = own.and(ClassLabels.of(test.labels));
    Remarks remarks = new Remarks();
    if (!classes.equals(own)) {
      remarks.add("Some classes of " + path + " are in the test part only.");
    }
    remarks.oneClass(path, classes.count());
    Map<String, String> all = new TreeMap<>(content);
    all.putAll(test.content);
    return new FoundData(
        new TrainTest(dataset(name, classes), test.dataset(name, classes)),
        identity(path, all),
        false,
        remarks.all());
  }

  private static DataIdentity identity(Path path, Map<String, String> content) {
    return new DataIdentity(path.toAbsolutePath().normalize().toString(), content);
  }

  /** What the user should know. */
  private static final class Remarks {
    private final List<String> sentences = new ArrayList<>();

    void add(String sentence) {
      sentences.add(sentence);
    }

    void oneClass(Path path, int classes) {
      if (classes == 1) {
        add("All samples of " + path + " have the same label, so nothing is learned.");
      }
    }

    List<String> all() {
      return sentences;
    }
  }
}
