package org.eqprop.examples.gdu;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.examples.run.Convention;
import org.eqprop.examples.run.Names;
import org.eqprop.examples.run.NudgeType;
import org.eqprop.examples.run.OutputType;
import org.jspecify.annotations.Nullable;

/** The networks of figures 2 to 4 with the paper's settings. */
public enum GduNet {
  /** Figure 2. */
  TOY("toy", null, List.of(50), new PaperNet.Figure(5000, 80, 0.01)),
  /** Energy-based, one hidden layer. */
  EB_1H(PaperNet.EB_1H),
  /** Energy-based, two hidden layers. */
  EB_2H(PaperNet.EB_2H),
  /** Energy-based, three hidden layers. */
  EB_3H(PaperNet.EB_3H),
  /** Prototypical, one hidden layer. */
  P_1H(PaperNet.P_1H),
  /** Prototypical, two hidden layers. */
  P_2H(PaperNet.P_2H),
  /** Prototypical, three hidden layers. */
  P_3H(PaperNet.P_3H),
  /** Figure 4. */
  P_CONV(PaperNet.P_CONV);

  /** The panels of figure 3 in reading order. */
  public static final List<GduNet> FIGURE_3 = List.of(EB_1H, EB_2H, EB_3H, P_1H, P_2H, P_3H);

  private final String id;
  private final @Nullable PaperNet paper;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of and nCopies
  private final List<Integer> hidden;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final PaperNet.Figure figure;

  GduNet(PaperNet paper) {
    this(paper.id(), paper, paper.hidden(), paper.figure());
  }

  GduNet(String id, @Nullable PaperNet paper, List<Integer> hidden, PaperNet.Figure figure) {
    this.id = id;
    this.paper = paper;
    this.hidden = hidden;
    this.figure = figure;
  }

  /**
   * The network named {@code name}.
   *
   * @param others names that are allowed too, for the message
   * @throws org.eqprop.examples.run.UsageException if there is none, with the nearest name
   */
  public static GduNet named(String name, String... others) {
    List<String> names =
        Stream.concat(Stream.of(values()).map(GduNet::id), Stream.of(others)).toList();
    return Arrays.stream(values())
        .filter(net -> net.id.equals(name))
        .findFirst()
        .orElseThrow(() -> Names.unknown("network", name, names));
  }

  /** The name in options, such as {@code eb-1h}. */
  public String id() {
    return id;
  }

  /** Whether it has convolutions (Eq. 17). */
  public boolean isConvolutional() {
    return this == P_CONV;
  }

  /** σ. */
  public Activation activation() {
    return isConvolutional() ? Activation.HARD_SIGMOID : Activation.TANH;
  }

  /** Whether it follows Eq. 13, else Eq. 15. */
  public boolean energyBased() {
    return paper == null || paper.energyBased();
  }

  /** Sizes of the hidden layers, output side first. */
  public List<Integer> hidden() {
    return hidden;
  }

  /** β of the nudged phase. */
  public double beta() {
    return figure.beta();
  }

  /** T. */
  public int t() {
    return figure.t();
  }

  /** K. */
  public int k() {
    return figure.k();
  }

  /** ε, which only fully connected prototypical networks have in the authors' program. */
  public double epsilon(Convention convention) {
    boolean program = convention == Convention.PROGRAM && !isConvolutional();
    return energyBased() ? 0.08 : program ? 0.2 : 1;
  }

  /** How the output of an energy-based network steps; the program's toy model is consistent. */
  public OutputType output(Convention convention) {
    return energyBased() && this != TOY && convention == Convention.PROGRAM
        ? OutputType.LINEAR
        : OutputType.ACTIVATION;
  }

  /** Where a prototypical network's nudge acts. */
  public NudgeType nudge(Convention convention) {
    return convention == Convention.EXACT ? NudgeType.INSIDE : NudgeType.OUTSIDE;
  }

  /** Samples of a mini-batch. */
  public int batch() {
    return this == TOY ? 1 : PaperNet.BATCH;
  }
}
