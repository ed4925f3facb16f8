package org.eqprop.examples.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.learn.Predictor;
import org.eqprop.examples.data.ClassLabels;
import org.eqprop.examples.data.Normalisation;
import org.eqprop.examples.report.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * One image's result.
 *
 * @param image the file's name, for IDX files with the image's number after {@code #}
 * @param label the label of the class with the highest score: a number, or its name
 * @param scores one for each class
 * @param residual largest change of a unit in the last step
 * @param steps steps of the free phase
 * @param converged whether the residual is below the model's tolerance; 0 if that is 0
 * @param doubt why the class means nothing, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Prediction(
    String image,
    Object label,
    List<Float> scores,
    float residual,
    int steps,
    boolean converged,
    @Nullable Doubt doubt) {

  /** Why a class means nothing. */
  enum Doubt {
    /** All values of the image are nearly the same. */
    BLANK("the image is blank (all its values are nearly the same), so its class means nothing"),
    /** No score is higher than a network's that knows nothing of the image. */
    NO_CLASS_FITS(
        "no class fits, every score is at most one divided by the number of classes; should"
            + " --invert be given, or left out?");

    private final String sentence;

    Doubt(String sentence) {
      this.sentence = sentence;
    }

    /** What is told to the user, without a point at its end. */
    String sentence() {
      return sentence;
    }
  }

  /** Values of a blank image differ less than this: 3 of 255 steps, as JPEG's rounding leaves. */
  private static final float BLANK = 3 / 255f;

  /** Predicts an image, whose values are changed as the model's data was. */
  static Prediction of(
      Predictor predictor,
      ClassLabels classes,
      @Nullable Normalisation normalisation,
      String name,
      float[] values) {
    boolean blank = isBlank(values);
    if (normalisation != null) {
      normalisation.apply(values, 0, values.length);
    }
    int best = predictor.predict(values, 0);
    List<Float> scores = new ArrayList<>();
    for (int c = 0; c < predictor.classes(); c++) {
      scores.add(predictor.score(c) + 0f); // −0 becomes 0
    }
    return new Prediction(
        name,
        classes.haveNames() ? classes.name(best) : Integer.valueOf(classes.label(best)),
        scores,
        predictor.residual(),
        predictor.stepsTaken(),
        predictor.converged(),
        doubt(blank, scores.get(best), scores.size()));
  }

  /**
   * A network that is trained towards 1 for the right class and 0 for the others, and knows nothing
   * of an image, has the least error with each score at one divided by the number of classes.
   */
  private static @Nullable Doubt doubt(boolean blank, float best, int classes) {
    if (blank) {
      return Doubt.BLANK;
    }
    return best <= 1f / classes ? Doubt.NO_CLASS_FITS : null;
  }

  private static boolean isBlank(float[] values) {
    float least = values[0];
    float most = values[0];
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return most - least <= BLANK;
  }

  /** The line for people and pipes: name, class and scores, tab-separated. */
  @JsonIgnore
  String line() {
    StringBuilder line =
        new StringBuilder(Visible.line(image)).append('\t').append(Visible.line(label.toString()));
    for (float score : scores) {
      line.append('\t').append(Decimals.fixed(score, 4));
    }
    return line.toString();
  }
}
