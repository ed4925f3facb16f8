package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eqprop.core.DataException;
import org.eqprop.examples.data.ClassLabels;
import org.eqprop.examples.data.Datasets;
import org.eqprop.examples.data.FoundData;
import org.eqprop.examples.data.KnownDataset;
import org.eqprop.examples.data.ReadOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says about its data beside the name. A configuration that no run has yet
 * leaves the first three empty: then whatever data is found is taken.
 *
 * @param dataPath the absolute path of its folder, or empty
 * @param dataSha256 the digest of its identity, or empty
 * @param labels the labels of its classes, such as {@code 0..9}, or empty
 * @param transpose whether rows and columns of its images are exchanged
 * @param settings how it is read
 * @param augment how training images are changed
 */
record DataSource(
    String dataPath,
    String dataSha256,
    String labels,
    boolean transpose,
    @JsonUnwrapped DataSettings settings,
    @JsonUnwrapped AugmentSettings augment) {
  /** Nothing said. */
  static final DataSource UNKNOWN =
      new DataSource("", "", "", false, DataSettings.USUAL, AugmentSettings.NONE);

  /**
   * Checked.
   *
   * @throws UsageException in one sentence, if a value is no such thing
   */
  DataSource {
    if (!dataSha256.matches("([0-9a-f]{64})?")) {
      throw new UsageException(
          "dataSha256 is '" + dataSha256 + "'; it must be 64 hexadecimal digits, or empty.");
    }
    if (!labels.isEmpty()) {
      try {
        ClassLabels.parse(labels);
      } catch (IllegalArgumentException thrown) {
        throw new UsageException(
            "labels is '" + labels + "'; write labels such as 1..26, 2 5 70 or \"cat\" \"dog\".");
      }
    }
  }

  /** The same for data that was found: with its path, digest and labels. */
  DataSource of(FoundData found) {
    return new DataSource(
        found.identity().path(),
        found.identity().sha256(),
        found.parts().train().classLabels().encoded(),
        transpose,
        settings,
        augment);
  }

  /** Whether it tells which data it is. */
  boolean isKnown() {
    return !dataSha256.isEmpty();
  }

  /**
   * Finds the data.
   *
   * @param name a known name, or a folder
   * @param limit how many training samples are needed, 0 for all
   * @throws DataException if it is not there or not sound
   */
  FoundData find(String name, int limit) {
    return find(name, settings.options(limit));
  }

  /** The same with other options of reading. */
  FoundData find(String name, ReadOptions options) {
    return prepared(findRaw(new Datasets(), name, options));
  }

  private FoundData findRaw(Datasets datasets, String name, ReadOptions options) {
    @Nullable Path place = dataPath.isEmpty() ? null : Path.of(dataPath);
    if (KnownDataset.named(name).isPresent()) {
      boolean there = place != null && Files.isDirectory(place);
      return datasets.find(name, there ? place : null, options);
    }
    if (place == null) {
      return datasets.find(name, null, options);
    }
    Path folder = Files.exists(place) ? place : place.getParent();
    if (folder == null || !Files.exists(folder)) {
      throw new DataException(
          "The data was in "
              + place
              + ", which is not there any more; name its folder with --data.");
    }
    return datasets.find(place.toString(), null, options);
  }

  /** The data as training sees it. */
  private FoundData prepared(FoundData found) {
    FoundData upright = transpose ? found.transposed() : found;
    return labels.isEmpty() ? upright : upright.withClasses(ClassLabels.parse(labels));
  }
}
