package org.eqprop.examples.gdu;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.examples.run.Names;
import org.eqprop.examples.run.UsageException;

/** The networks of figures 2 to 4 with the paper's settings. */
public enum GduNet {
  /** Figure 2. */
  TOY("toy", List.of(50), 0.01, 5000, 80),
  /** Energy-based, one hidden layer. */
  EB_1H("eb-1h", wide(1), 0.001, 800, 80),
  /** Energy-based, two hidden layers. */
  EB_2H("eb-2h", wide(2), 0.01, 5000, 150),
  /** Energy-based, three hidden layers. */
  EB_3H("eb-3h", wide(3), 0.02, 30000, 200),
  /** Prototypical, one hidden layer. */
  P_1H("p-1h", wide(1), 0.01, 150, 10),
  /** Prototypical, two hidden layers. */
  P_2H("p-2h", wide(2), 0.01, 1500, 40),
  /** Prototypical, three hidden layers. */
  P_3H("p-3h", wide(3), 0.015, 5000, 40),
  /** Figure 4. */
  P_CONV("p-conv", wide(0), 0.02, 5000, 10);

  /** The panels of figure 3 in reading order. */
  public static final List<GduNet> FIGURE_3 = List.of(EB_1H, EB_2H, EB_3H, P_1H, P_2H, P_3H);

  private final String id;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of and nCopies
  private final List<Integer> hidden;

  private final double beta;
  private final int t;
  private final int k;

  GduNet(String id, List<Integer> hidden, double beta, int t, int k) {
    this.id = id;
    this.hidden = hidden;
    this.beta = beta;
    this.t = t;
    this.k = k;
  }

  private static List<Integer> wide(int depth) {
    return Collections.nCopies(depth, 512);
  }

  /**
   * The network named {@code name}.
   *
   * @param others names that are allowed too, for the message
   * @throws UsageException if there is none, with the nearest name
   */
  public static GduNet named(String name, String... others) {
    List<String> names =
        Stream.concat(Stream.of(values()).map(GduNet::id), Stream.of(others)).toList();
    return Arrays.stream(values())
        .filter(net -> net.id.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "There is no network '"
                        + name
                        + "'; choose one of "
                        + String.join(", ", names)
                        + "."
                        + Names.suggestion(name, names)));
  }

  /** The name in options, such as {@code eb-1h}. */
  public String id() {
    return id;
  }

  /** Whether it has convolutions (Eq. 17). */
  public boolean isConvolutional() {
    return this == P_CONV;
  }

  /** The name of σ. */
  public String activation() {
    return isConvolutional() ? "hard-sigmoid" : "tanh";
  }

  /** Whether it follows Eq. 13, else Eq. 15. */
  public boolean energyBased() {
    return this == TOY || id.startsWith("eb");
  }

  /** Sizes of the hidden layers, output side first. */
  public List<Integer> hidden() {
    return hidden;
  }

  /** β of the nudged phase. */
  public double beta() {
    return beta;
  }

  /** T. */
  public int t() {
    return t;
  }

  /** K. */
  public int k() {
    return k;
  }

  /** ε, which only fully connected prototypical networks have in the authors' program. */
  public double epsilon(String convention) {
    boolean program = convention.equals("program") && !isConvolutional();
    return energyBased() ? 0.08 : program ? 0.2 : 1;
  }

  /** How the output of an energy-based network steps; the program's toy model is consistent. */
  public String output(String convention) {
    return energyBased() && this != TOY && convention.equals("program") ? "linear" : "activation";
  }

  /** Where a prototypical network's nudge acts. */
  public String nudge(String convention) {
    return convention.equals("exact") ? "inside" : "outside";
  }

  /** Samples of a mini-batch. */
  public int batch() {
    return this == TOY ? 1 : 20;
  }
}
