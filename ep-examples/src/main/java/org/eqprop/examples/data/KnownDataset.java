package org.eqprop.examples.data;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The data sets known by name. */
public enum KnownDataset {
  /** UCI handwritten digits, 1,797 images of 8 x 8: part of the program, nothing to download. */
  DIGITS("digits", "", ""),

  /** MNIST handwritten digits, 60,000 and 10,000 images of 28 x 28. */
  MNIST("mnist", "https://ossci-datasets.s3.amazonaws.com/mnist/", "5041921314"),

  /** Zalando's Fashion-MNIST articles, 60,000 and 10,000 images of 28 x 28. */
  FASHION_MNIST(
      "fashion-mnist",
      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
      "9003027255");

  /** Every set here has ten classes. */
  static final int CLASSES = 10;

  private final String id;
  private final String source;
  private final String firstLabels;

  KnownDataset(String id, String source, String firstLabels) {
    this.id = id;
    this.source = source;
    this.firstLabels = firstLabels;
  }

  /**
   * Finds a set by its name.
   *
   * @param name in any case, such as {@code mnist}
   * @return the set, or nothing if no set has that name
   */
  public static Optional<KnownDataset> named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(set -> set.id.equals(wanted)).findFirst();
  }

  /**
   * Returns all names, for messages.
   *
   * @return such as {@code digits, mnist, fashion-mnist}
   */
  public static String names() {
    return Arrays.stream(values()).map(KnownDataset::id).collect(Collectors.joining(", "));
  }

  /**
   * Returns the name of the set.
   *
   * @return lower case, also the name of its folders
   */
  public String id() {
    return id;
  }

  /**
   * Says whether the set is part of the program, so that there is nothing to find or download.
   *
   * @return true for {@link #DIGITS} only
   */
  public boolean isEmbedded() {
    return files().isEmpty();
  }

  /**
   * Returns the files the set consists of.
   *
   * @return the four files, or none if the set is embedded
   */
  public List<RemoteFile> files() {
    return switch (this) {
      case DIGITS -> List.of();
      case MNIST -> Published.MNIST;
      case FASHION_MNIST -> Published.FASHION_MNIST;
    };
  }

  /**
   * Returns what the published set consists of.
   *
   * @return the parts of its {@link DataIdentity}
   */
  public Map<String, String> published() {
    return switch (this) {
      case DIGITS -> Map.of(EmbeddedDigits.PART, Published.DIGITS_CONTENT);
      case MNIST -> Published.MNIST_CONTENT;
      case FASHION_MNIST -> Published.FASHION_MNIST_CONTENT;
    };
  }

  /**
   * Returns the address of the folder the files are published in.
   *
   * @return ends with a slash
   * @throws IllegalStateException if the set is embedded
   */
  URI source() {
    if (isEmbedded()) {
      throw new IllegalStateException(id + " is part of the program");
    }
    return URI.create(source);
  }

  /**
   * Finds the known set whose first training labels these are: the relatives of MNIST have files of
   * the same names and sizes, and are told apart by nothing else.
   */
  static Optional<KnownDataset> recognize(Dataset train) {
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < Math.min(10, train.size()); i++) {
      labels.append(train.classLabels().label(train.label(i)));
    }
    return Arrays.stream(values())
        .filter(set -> !set.isEmbedded() && set.firstLabels.contentEquals(labels))
        .findFirst();
  }
}
