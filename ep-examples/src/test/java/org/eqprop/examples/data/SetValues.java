package org.eqprop.examples.data;

import java.util.ArrayList;
import java.util.List;

/** What a set has, for comparisons. */
final class SetValues {
  private SetValues() {}

  /** The values of a sample. */
  static float[] of(Dataset set, int sample) {
    float[] values = new float[set.shape().size()];
    set.copyImage(sample, values, 0);
    return values;
  }

  /** The name of a sample's class. */
  static String label(Dataset set, int sample) {
    return set.classLabels().name(set.label(sample));
  }

  /** Each sample of both parts as a text: its label and its values. */
  static List<String> all(TrainTest both) {
    List<String> rows = new ArrayList<>();
    for (Dataset part : List.of(both.train(), both.test())) {
      for (int i = 0; i < part.size(); i++) {
        StringBuilder row = new StringBuilder(label(part, i));
        for (float value : of(part, i)) {
          row.append(' ').append(value);
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
