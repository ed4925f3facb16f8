package org.eqprop.examples.reproduce;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.examples.run.Names;
import org.eqprop.examples.run.Preset;

/**
 * The rows of the paper's tables, with its figures (Ernoult et al., NeurIPS 2019). T, K and epochs
 * are the preset's. The rows of Table 2 are results of others, which the paper cites.
 */
public enum PaperRow {
  /** Energy-based, one hidden layer. */
  EB_1H(PaperNet.EB_1H, five(2.06, .17, .13), five(2.11, .09, .46), 1, 33),
  /** Energy-based, two hidden layers. */
  EB_2H(PaperNet.EB_2H, five(2.01, .21, .11), five(2.02, .12, .29), 16, 4),
  /** Prototypical, one hidden layer. */
  P_1H(PaperNet.P_1H, five(2.00, .13, .20), five(2.00, .12, .55), 0, 17),
  /** Prototypical, two hidden layers. */
  P_2H(PaperNet.P_2H, five(1.95, .10, .14), five(2.09, .12, .37), 1, 56),
  /** Prototypical, three hidden layers. */
  P_3H(PaperNet.P_3H, five(2.01, .18, .10), five(2.30, .17, .32), 8, 27),
  /** Prototypical, convolutional. */
  P_CONV(PaperNet.P_CONV, five(1.02, .04, .54), five(.88, .06, .12), 8, 58),
  /** Table 2: Scellier and Bengio (2017), states that persist. */
  PERSISTENT("persistent", Preset.EB_1H_2017, Map.of(), one(2.2, 0)),
  /** Table 2: O'Connor et al. (2018), free phases that start where a network predicts their end. */
  PREDICTED("predicted", Preset.EB_1H, Map.of("start", "predicted"), one(2.37, .15)),
  /** Table 2: O'Connor et al. (2019), layers that exchange events. */
  SPIKING("spiking", Preset.EB_1H, Map.of("solver", "spiking"), one(2.19, Double.NaN));

  /** The data set of all rows. */
  public static final String DATA = "mnist";

  private static final int MINUTES = 60;

  /** What {@link #EB_1H} took the paper, to tell the time left of rows without a time. */
  private static final int USUAL_MINUTES = 93;

  private final PaperTable table;
  private final String id;
  private final Preset preset;

  @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
  private final Map<String, String> settings;

  @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
  private final Map<Method, Reported> reported;

  private final int minutes;

  /** A row of Table 1. */
  PaperRow(PaperNet net, Reported ep, Reported bptt, int hours, int minutes) {
    this.table = PaperTable.TABLE_1;
    this.id = net.id();
    this.preset = Preset.named(net.id());
    this.settings = Map.of();
    this.reported = Map.of(Method.EP, ep, Method.BPTT, bptt);
    this.minutes = MINUTES * hours + minutes;
  }

  /** A row of Table 2, whose time the paper does not say. */
  PaperRow(String id, Preset preset, Map<String, String> settings, Reported ep) {
    this.table = PaperTable.TABLE_2;
    this.id = id;
    this.preset = preset;
    this.settings = settings;
    this.reported = Map.of(Method.EP, ep);
    this.minutes = 0;
  }

  private static Reported one(double test, double train) {
    return new Reported(test, 0, train, 1);
  }

  private static Reported five(double test, double deviation, double train) {
    return new Reported(test, deviation, train, 5);
  }

  /**
   * The row named {@code name}.
   *
   * @throws org.eqprop.examples.run.UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static PaperRow of(String name) {
    return Names.constant("only", values(), PaperRow::id, name);
  }

  /** The name in options, files and folders; of Table 1 also the preset's: {@code p-1h}. */
  @JsonValue
  public String id() {
    return id;
  }

  /** The preset that it is trained by. */
  public Preset preset() {
    return preset;
  }

  /** What is otherwise than in the preset, by the names of a configuration. */
  public Map<String, String> settings() {
    return settings;
  }

  /** The table that it stands in. */
  public PaperTable table() {
    return table;
  }

  /** The paper's settings. */
  public PaperNet.Training training() {
    return preset.training();
  }

  /** What the paper reports of a method. */
  public Reported reported(Method method) {
    Reported found = reported.get(method);
    if (found == null) {
      throw new IllegalArgumentException(id() + " has no " + method.id());
    }
    return found;
  }

  /** The methods that the paper reports, in its order. */
  public List<Method> methods() {
    return List.of(Method.values()).stream().filter(reported::containsKey).toList();
  }

  /**
   * The paper's wall-clock time of a training, in minutes; 0 if it says none. It has one time for
   * both methods.
   */
  public int minutes() {
    return minutes;
  }

  /** About how long a training takes, beside others. */
  int effort() {
    return minutes == 0 ? USUAL_MINUTES : minutes;
  }
}
