package org.eqprop.examples.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.run.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * The sizes of all layers of a fully connected network.
 *
 * @param all input side first, at least three
 */
record LayerSizes(List<Integer> all) {
  /** Copies the list. */
  LayerSizes {
    all = List.copyOf(all);
  }

  /** Sizes of the hidden layers, output side first. */
  List<Integer> hidden() {
    List<Integer> hidden = new ArrayList<>(all.subList(1, all.size() - 1));
    Collections.reverse(hidden);
    return hidden;
  }

  /**
   * Checks that input and output are those of the data.
   *
   * @throws UsageException if not, with what fits
   */
  void check(Dataset data) {
    int input = data.shape().tensor().size();
    List<Integer> fitting = new ArrayList<>(all);
    fitting.set(0, input);
    fitting.set(all.size() - 1, data.classes());
    if (!fitting.equals(all)) {
      throw new UsageException(
          "layers is %s, but the data has %d inputs and %d classes; write %s."
              .formatted(text(all), input, data.classes(), text(fitting)));
    }
  }

  private static String text(List<Integer> sizes) {
    return String.join(",", sizes.stream().map(Object::toString).toList());
  }

  /** Reads {@code 784,512,10}. */
  static final class Converter implements CommandLine.ITypeConverter<LayerSizes> {
    @Override
    public LayerSizes convert(String text) {
      if (!text.matches("[1-9][0-9]{0,8}(,[1-9][0-9]{0,8}){2,}")) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no list of at least three layers; write the input's size first, as in"
                + " 784,512,10");
      }
      return new LayerSizes(Arrays.stream(text.split(",")).map(Integer::valueOf).toList());
    }
  }
}
