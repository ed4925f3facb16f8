package org.eqprop.examples.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.file.InputFiles;
import org.eqprop.examples.data.ClassFolders.Picture;
import org.jspecify.annotations.Nullable;

/** Reads a folder of class sub-folders with pictures of one size, grey or coloured. */
final class PictureFolder {
  private static final String TRAINING = "training pictures";
  private static final String TESTING = "test pictures";
  private static final String ALL = "pictures";

  /** A file of 64 million pixels, not packed. */
  private static final int MOST_BYTES = 1 << 30;

  private final String name;
  private final ClassFolders folders;
  private final ReadOptions options;
  private final List<Picture> all;
  private final int trainCount;
  private final ClassLabels classes;
  private final int[] classOf;
  private final String[] digests;

  private PictureFolder(String name, ClassFolders folders, ReadOptions options) {
    this.name = name;
    this.folders = folders;
    this.options = options;
    this.all = new ArrayList<>(folders.train());
    this.trainCount = all.size();
    if (folders.test() != null) {
      all.addAll(folders.test());
    }
    List<String> names = all.stream().map(Picture::className).toList();
    this.classes = ClassLabels.of(names);
    this.classOf = names.stream().mapToInt(classes::indexOf).toArray();
    this.digests = new String[all.size()];
  }

  /**
   * Reads a folder.
   *
   * @param name what it is called in messages
   * @throws DataException if a picture cannot be read, is damaged or of another size than the rest
   */
  static FoundData read(String name, Path root, ReadOptions options) {
    return new PictureFolder(name, ClassFolders.of(root), options).read();
  }

  private FoundData read() {
    SeededSplit split = split();
    int[] train = split.train();
    if (options.limit() > 0 && options.limit() < train.length) {
      train = Arrays.copyOf(train, options.limit());
    }
    int[] needed = IntStream.concat(Arrays.stream(train), Arrays.stream(split.test())).toArray();
    List<Path> files = Arrays.stream(needed).mapToObj(i -> all.get(i).file()).toList();
    PictureSet pictures = PictureSet.of(files);
    each(all.size(), i -> digests[i] = digest(all.get(i).file()));
    int[] labels = Arrays.stream(needed).map(i -> classes.label(classOf[i])).toArray();
    Dataset both = new Dataset(name, pictures.shape(), classes, pictures.pixels(), labels);
    int[] first = IntStream.range(0, train.length).toArray();
    int[] rest = IntStream.range(train.length, needed.length).toArray();
    TrainTest parts = new TrainTest(both.samples(first), both.samples(rest));
    String path = folders.root().toAbsolutePath().normalize().toString();
    return new FoundData(parts, new DataIdentity(path, identity()), false, remarks());
  }

  private SeededSplit split() {
    if (folders.test() == null) {
      if (all.size() < 2) {
        throw new DataException(
            folders.root(), "there is only one picture", "put more pictures there");
      }
      return SeededSplit.of(classOf, classes.count(), options.share(), options.splitSeed());
    }
    if (options.insistsOnShare()) {
      throw new DataException(
          folders.root(), "there is a test part already", "leave --test-share out");
    }
    return new SeededSplit(
        SeededSplit.order(trainCount, options.splitSeed()),
        IntStream.range(trainCount, all.size()).toArray());
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>(folders.remarks());
    if (folders.test() == null && !options.asked()) {
      remarks.add(Datasets.noTestPart(folders.root(), options.share()));
    }
    if (classes.count() == 1) {
      remarks.add("There is only one class in " + folders.root() + ", so nothing is learned.");
    }
    long trained = Arrays.stream(classOf, 0, trainCount).distinct().count();
    if (folders.test() != null && trained < classes.count()) {
      remarks.add("Some classes of " + folders.root() + " have test pictures only.");
    }
    return remarks;
  }

  private Map<String, String> identity() {
    if (folders.test() == null) {
      return Map.of(ALL, digest(0, all.size()));
    }
    return Map.of(
        TRAINING, digest(0, trainCount),
        TESTING, digest(trainCount, all.size()));
  }

  /** The digest of pictures with their names and classes. */
  private String digest(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(digests[i]).append(' ').append(all.get(i).name()).append('\n');
    }
    return Checksum.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(Path file) {
    try {
      // a picture is small; a buffer of the usual size for each would take longer than reading it
      return Checksum.sha256(InputFiles.bytes(file, MOST_BYTES));
    } catch (IOException refused) {
      String what = "cannot be read (" + DataException.reason(refused) + ")";
      throw new DataException(file, what, "check the path and its permissions", refused);
    }
  }

  /** What is done with each of some files. */
  @FunctionalInterface
  interface Work {
    /** Does it with a file by its number. */
    void accept(int number);
  }

  /** Does something with each file, on all processors; the first refusal in order is thrown. */
  static void each(int count, Work work) {
    DataException[] refusals = new DataException[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              try {
                work.accept(i);
              } catch (DataException refused) {
                refusals[i] = refused;
              }
            });
    @Nullable DataException first =
        Stream.of(refusals).filter(Objects::nonNull).findFirst().orElse(null);
    if (first != null) {
      throw first;
    }
  }

  /** The commonest of some geometries, the first among equals; channels apart. */
  static ImageShape commonest(ImageShape[] shapes) {
    Map<ImageShape, Integer> counts = new LinkedHashMap<>();
    int channels = Arrays.stream(shapes).mapToInt(ImageShape::channels).max().orElse(1);
    for (ImageShape shape : shapes) {
      counts.merge(new ImageShape(channels, shape.height(), shape.width()), 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .max(Comparator.comparingInt(Map.Entry::getValue))
        .orElseThrow()
        .getKey();
  }
}
