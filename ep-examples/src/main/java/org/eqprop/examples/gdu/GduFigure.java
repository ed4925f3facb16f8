package org.eqprop.examples.gdu;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The figures of the paper that compare updates with gradients. */
public enum GduFigure {
  /** The toy model. */
  FIGURE_2("figure2", List.of(GduNet.TOY)),
  /** The six fully connected networks. */
  FIGURE_3("figure3", GduNet.FIGURE_3),
  /** The convolutional network. */
  FIGURE_4("figure4", List.of(GduNet.P_CONV));

  private final String id;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<GduNet> nets;

  GduFigure(String id, List<GduNet> nets) {
    this.id = id;
    this.nets = nets;
  }

  /** The name in commands and of files: {@code figure2}. */
  public String id() {
    return id;
  }

  /** Its networks, in the order of its panels. */
  public List<GduNet> nets() {
    return nets;
  }

  /** The figure of a name, if there is one. */
  public static Optional<GduFigure> named(String name) {
    return Stream.of(values()).filter(figure -> figure.id.equals(name)).findFirst();
  }

  /** The names of all. */
  public static List<String> names() {
    return Stream.of(values()).map(GduFigure::id).toList();
  }
}
