package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.eqprop.examples.data.ReadOptions;

/**
 * How data is read that does not say it itself.
 *
 * @param testShare the share of the samples that is for testing where the data has no test part; 0
 *     for the usual one
 * @param splitSeed of the choice of these samples
 * @param labelColumn the name or number of a table's column of labels; empty for the last
 * @param normalise how the values of samples are brought into one range
 */
record DataSettings(
    @JsonProperty("test-share") double testShare,
    @JsonProperty("split-seed") long splitSeed,
    @JsonProperty("label-column") String labelColumn,
    NormaliseType normalise) {
  /** What is taken if nothing is said. */
  static final DataSettings USUAL = new DataSettings(0, 1, "", NormaliseType.NONE);

  private static final String TEST_SHARE = "test-share";
  private static final String SPLIT_SEED = "split-seed";

  /** The note of the column of labels. */
  static final String LABEL_COLUMN = "label-column";

  /**
   * Checked.
   *
   * @throws UsageException in one sentence, if a value is out of range
   */
  DataSettings {
    if (!(testShare >= 0 && testShare < 1)) {
      throw new UsageException(
          "test-share is "
              + testShare
              + "; it must be above 0 and below 1, such as 0.2 for every fifth sample.");
    }
  }

  /** How the data of a run is read. */
  ReadOptions options(int limit) {
    boolean asked = testShare > 0;
    return new ReadOptions(
        asked ? testShare : ReadOptions.USUAL_SHARE, asked, splitSeed, limit, labelColumn, true);
  }

  /** How data is read for a model, without refusing what has no effect. */
  ReadOptions lenient(int limit) {
    ReadOptions strict = options(limit);
    return new ReadOptions(strict.share(), strict.asked(), splitSeed, limit, labelColumn, false);
  }

  /** Adds what is not usual to a model's notes. */
  void describe(Map<String, String> notes) {
    if (testShare != USUAL.testShare) {
      notes.put(TEST_SHARE, Double.toString(testShare));
    }
    if (splitSeed != USUAL.splitSeed) {
      notes.put(SPLIT_SEED, Long.toString(splitSeed));
    }
    if (!labelColumn.isEmpty()) {
      notes.put(LABEL_COLUMN, labelColumn);
    }
  }

  /**
   * Reads a model's notes.
   *
   * @throws UsageException if a note is damaged
   */
  static DataSettings of(Map<String, String> notes) {
    try {
      return new DataSettings(
          Double.parseDouble(notes.getOrDefault(TEST_SHARE, "0")),
          Long.parseLong(notes.getOrDefault(SPLIT_SEED, "1")),
          notes.getOrDefault(LABEL_COLUMN, ""),
          NormaliseType.NONE); // its numbers are noted
    } catch (NumberFormatException damaged) {
      throw new UsageException(
          "The model's notes test-share and split-seed are damaged; name the data with --data, or"
              + " restore the model from a copy.");
    }
  }
}
