package org.eqprop.examples.run;

import java.util.Map;
import java.util.Optional;
import org.eqprop.examples.data.DataIdentity;
import org.eqprop.examples.data.FoundData;
import org.eqprop.examples.data.KnownDataset;
import org.jspecify.annotations.Nullable;

/**
 * What a model notes of the data it was trained on. The name of a published set stands for the set
 * as it was published; of other data the digest and the place are noted.
 *
 * @param name what the data was called
 * @param source its place and digest, as far as noted, and whether its images were transposed
 */
public record ModelData(String name, DataSource source) {
  /** A model's note of a table's column of labels, unless it is the last. */
  public static final String LABEL_COLUMN = DataSettings.LABEL_COLUMN;

  private static final String NAME = "data";
  private static final String PATH = "data-path";
  private static final String SHA256 = "data-sha256";
  private static final String TRANSPOSE = "transpose";

  /** Adds what is to be noted of the data of a run. */
  static void describe(Map<String, String> notes, Config config, FoundData data) {
    notes.put(NAME, config.data());
    if (!data.published()) {
      notes.put(SHA256, data.identity().sha256());
      notes.put(PATH, data.identity().path());
    }
    config.source().settings().describe(notes);
    if (config.source().transpose()) {
      notes.put(TRANSPOSE, "true");
    }
  }

  /**
   * Reads the notes of a model.
   *
   * @throws UsageException if the digest is none
   */
  public static ModelData of(Map<String, String> notes) {
    return new ModelData(
        notes.getOrDefault(NAME, KnownDataset.DIGITS.id()),
        new DataSource(
            notes.getOrDefault(PATH, ""),
            notes.getOrDefault(SHA256, published(notes.getOrDefault(NAME, ""))),
            "",
            Boolean.parseBoolean(notes.get(TRANSPOSE)),
            DataSettings.of(notes),
            AugmentSettings.NONE));
  }

  private static String published(String name) {
    Optional<KnownDataset> known = KnownDataset.named(name);
    return known.map(set -> new DataIdentity("", set.published()).sha256()).orElse("");
  }

  /**
   * Finds data to measure on.
   *
   * @param other its name or folder; if null, the data the model was trained on, in its place
   * @param transpose whether to exchange rows and columns; if null, as in training, if it is that
   *     data
   * @param limit how many training samples are needed, 0 for all
   */
  public FoundData find(@Nullable String other, @Nullable Boolean transpose, int limit) {
    String path = other == null ? source.dataPath() : "";
    FoundData found =
        new DataSource(
                path,
                "",
                "",
                Boolean.TRUE.equals(transpose),
                source.settings(),
                AugmentSettings.NONE)
            .find(other == null ? name : other, source.settings().lenient(limit));
    return transpose == null && source.transpose() && isSame(found) ? found.transposed() : found;
  }

  /** Whether it is known which data the model was trained on. */
  public boolean isKnown() {
    return source.isKnown();
  }

  /** Whether data is what the model was trained on, as far as is known. */
  public boolean isSame(FoundData found) {
    return !source.isKnown() || source.dataSha256().equals(found.identity().sha256());
  }

  /** The data for people: {@code mnist as it was published}, or its name and digest. */
  public String description() {
    boolean published = source.dataPath().isEmpty() && KnownDataset.named(name).isPresent();
    return name + (published ? " as it was published" : " with SHA-256 " + source.dataSha256());
  }
}
