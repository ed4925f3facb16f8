package org.eqprop.examples.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eqprop.core.DataException;

/** The binary files of CIFAR-10 or CIFAR-100: labels, then 32 x 32 red, green and blue bytes. */
enum CifarFiles {
  /** Ten classes, in files of batches. */
  CIFAR_10(
      "data_batch_1.bin data_batch_2.bin data_batch_3.bin data_batch_4.bin data_batch_5.bin",
      "test_batch.bin",
      "batches.meta.txt",
      0,
      10),
  /** A hundred classes; each record has one of 20 coarse labels before the fine one. */
  CIFAR_100("train.bin", "test.bin", "fine_label_names.txt", 20, 100);

  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);

  /** Where the archives have the files. */
  private static final List<String> FOLDERS =
      List.of("", "cifar-10-batches-bin", "cifar-100-binary");

  private final String train;
  private final String test;
  private final String names;
  private final int coarse;
  private final int classes;

  CifarFiles(String train, String test, String names, int coarse, int classes) {
    this.train = train;
    this.test = test;
    this.names = names;
    this.coarse = coarse;
    this.classes = classes;
  }

  private List<String> trainFiles() {
    return List.of(train.split(" ", -1));
  }

  private int labels() {
    return coarse == 0 ? 1 : 2;
  }

  /** Whether a folder, or one of its folders that the archives have, has such files. */
  boolean areIn(Path folder) {
    return FOLDERS.stream()
        .anyMatch(sub -> Files.exists(folder.resolve(sub).resolve(trainFiles().get(0))));
  }

  /**
   * Reads the files.
   *
   * @throws DataException if one is missing or damaged
   */
  FoundData read(String name, Path path, ReadOptions options) {
    Path folder =
        FOLDERS.stream()
            .map(path::resolve)
            .filter(sub -> Files.exists(sub.resolve(trainFiles().get(0))))
            .findFirst()
            .orElse(path);
    List<String> classNames = classNames(folder);
    LabelledPart training = part(folder, trainFiles(), "training", classNames);
    return training.with(part(folder, List.of(test), "test", classNames), name, path, options);
  }

  /** The names of the classes, or their numbers if the file of the names is not there. */
  private List<String> classNames(Path folder) {
    Path file = folder.resolve(names);
    if (!Files.exists(file)) {
      return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }
    List<String> found =
        new String(FileContent.of(file).bytes(), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    if (found.stream().distinct().count() != classes || found.size() != classes) {
      throw new DataException(
          file,
          "there are " + found.size() + " names of the " + classes + " classes",
          "fetch it again, or remove it");
    }
    return found;
  }

  private LabelledPart part(Path folder, List<String> files, String part, List<String> classNames) {
    int record = labels() + SHAPE.size();
    List<byte[]> contents = new ArrayList<>();
    Map<String, String> digests = new TreeMap<>();
    long samples = 0;
    for (String file : files) {
      FileContent content = FileContent.of(folder.resolve(file));
      if (content.bytes().length % record != 0) {
        throw new DataException(
            folder.resolve(file),
            "its " + content.bytes().length + " bytes are no multiple of " + record,
            "fetch it again");
      }
      contents.add(content.bytes());
      samples += content.bytes().length / record;
      digests.put(part + " " + file, content.sha256());
    }
    if (samples * SHAPE.size() > Integer.MAX_VALUE - 8) {
      throw new DataException(folder, "there are too many images", "give fewer");
    }
    byte[] pixels = new byte[(int) samples * SHAPE.size()];
    List<String> texts = new ArrayList<>();
    for (int f = 0; f < contents.size(); f++) {
      byte[] content = contents.get(f);
      for (int at = 0; at < content.length; at += record) {
        int label = checkedLabels(folder.resolve(files.get(f)), content, at);
        System.arraycopy(content, at + labels(), pixels, texts.size() * SHAPE.size(), SHAPE.size());
        texts.add(classNames.get(label));
      }
    }
    Pixels values = new Pixels.Bytes(pixels, Dataset.table(255));
    return new LabelledPart(folder, SHAPE, values, texts, digests);
  }

  /** The last of a record's labels. */
  private int checkedLabels(Path file, byte[] content, int at) {
    if (coarse > 0) {
      checkLabel(file, content, at, at, coarse);
    }
    return checkLabel(file, content, at, at + labels() - 1, classes);
  }

  private int checkLabel(Path file, byte[] content, int record, int at, int most) {
    int label = content[at] & 0xFF;
    if (label >= most) {
      throw new DataException(
          file,
          "image " + record / (labels() + SHAPE.size()) + " has the label " + label,
          "labels are below " + most + ", so fetch it again");
    }
    return label;
  }
}
