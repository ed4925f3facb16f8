package org.eqprop.examples.run;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eqprop.core.StoreException;
import org.eqprop.examples.data.ImageShape;
import org.eqprop.examples.data.Normalisation;
import org.jspecify.annotations.Nullable;

/** The normalisation of its data that a model notes. */
public final class ModelNormalisation {
  private static final String SHIFT = "normalise-shift";
  private static final String DIVISOR = "normalise-divisor";

  private ModelNormalisation() {}

  /** Adds it to a model's notes. */
  static void describe(
      Map<String, String> notes, NormaliseType type, @Nullable Normalisation normalisation) {
    if (normalisation != null) {
      notes.put("normalise", type.id());
      notes.put(SHIFT, text(normalisation.shift()));
      notes.put(DIVISOR, text(normalisation.divisor()));
    }
  }

  private static String text(float[] numbers) {
    return IntStream.range(0, numbers.length)
        .mapToObj(i -> Float.toString(numbers[i]))
        .collect(Collectors.joining(" "));
  }

  /**
   * Reads it from a model's notes.
   *
   * @param shape of the model's input
   * @return null if the model was trained on values as they were read
   * @throws StoreException if the notes are damaged, or do not fit the model
   */
  public static @Nullable Normalisation of(Map<String, String> notes, ImageShape shape) {
    if (!notes.containsKey(SHIFT) && !notes.containsKey(DIVISOR)) {
      return null;
    }
    try {
      Normalisation found =
          Normalisation.of(
              numbers(notes.getOrDefault(SHIFT, "")), numbers(notes.getOrDefault(DIVISOR, "")));
      if (found.fits(shape)) {
        return found;
      }
    } catch (IllegalArgumentException damaged) {
      // Reported below.
    }
    throw new StoreException(
        "The model's notes of its normalisation do not fit its input of "
            + shape
            + "; restore the model from a copy.");
  }

  private static float[] numbers(String text) {
    String[] words = text.split(" ", -1);
    float[] numbers = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      if (!words[i].matches("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?")) {
        throw new IllegalArgumentException(Arrays.toString(words));
      }
      numbers[i] = Float.parseFloat(words[i]);
    }
    return numbers;
  }
}
