package org.eqprop.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A graph of layers and connections with one scalar Φ = Σ_connections u_target·W(u_source) +
 * b·u_target, the setting in which it steps, and the cost of its output. It owns the parameters;
 * states live elsewhere.
 *
 * <p>Layer 0 is the output, the last layer is the input x.
 */
public final class Network {
  private final List<Layer> layers;
  private final List<Connection> connections;
  private final Dynamics dynamics;
  private final Cost cost;
  private final List<Trainable> trainables;
  private final Plan plan;

  private Network(Plan plan, List<Connection> connections, Cost cost) {
    this.plan = plan;
    this.layers = plan.layers();
    this.connections = List.copyOf(connections);
    this.dynamics = plan.dynamics();
    this.cost = cost;
    List<Trainable> all = new ArrayList<>(connections);
    Trainable readOut = cost.readOut();
    if (readOut != null) {
      all.add(readOut);
    }
    this.trainables = List.copyOf(all);
  }

  /**
   * {@return a chain of fully connected layers, weights zero}
   *
   * @param dynamics the setting in which it steps
   * @param activation of all layers, and of what the input feeds in the energy-based setting
   * @param sizes layer sizes, output first, the last one is the input's; at least two
   * @throws IllegalArgumentException if there are fewer sizes, or one is below 1
   */
  public static Network chain(Dynamics dynamics, Activation activation, int... sizes) {
    return chain(dynamics, activation, SquaredError::new, sizes);
  }

  /**
   * {@return a chain of fully connected layers with a cost, weights zero}
   *
   * @param dynamics the setting in which it steps
   * @param activation σ of all layers, and of what the input feeds in the energy-based setting
   * @param cost makes the cost of the output layer
   * @param sizes layer sizes, output first, the last one is the input's; at least two
   * @throws IllegalArgumentException if there are fewer sizes, or one is below 1
   */
  public static Network chain(
      Dynamics dynamics, Activation activation, Function<Layer, Cost> cost, int... sizes) {
    if (sizes.length < 2) {
      throw new IllegalArgumentException(
          "A chain needs the sizes of an output and an input, but "
              + (sizes.length == 0 ? "none is given." : "there is only " + sizes[0] + "."));
    }
    Builder builder = new Builder(dynamics).cost(cost);
    for (int n = 0; n < sizes.length - 1; n++) {
      builder.layer("s" + n, Shape.of(sizes[n]), activation);
    }
    builder.input("x", Shape.of(sizes[sizes.length - 1]), activation);
    for (int n = 0; n < sizes.length - 1; n++) {
      builder.connect(Integer.toString(n), n, n + 1, Dense.TYPE, Map.of());
    }
    return builder.build();
  }

  /**
   * {@return the toy model of Fig. 2: output s⁰, hidden s¹ and input x, fully linked, weights zero}
   *
   * @param dynamics the setting in which it steps
   * @param activation σ of all layers
   * @param sizes of s⁰, s¹ and x
   * @throws IllegalArgumentException if there are not three, or one is below 1
   */
  public static Network toy(Dynamics dynamics, Activation activation, int... sizes) {
    if (sizes.length != 3) {
      throw new IllegalArgumentException(
          "The toy model has three layers, but " + sizes.length + " sizes are given.");
    }
    return new Builder(dynamics)
        .layer("s0", Shape.of(sizes[0]), activation)
        .layer("s1", Shape.of(sizes[1]), activation)
        .input("x", Shape.of(sizes[2]), activation)
        .connect("0.1", 0, 1, Dense.TYPE, Map.of())
        .connect("0.x", 0, 2, Dense.TYPE, Map.of())
        .connect("1.x", 1, 2, Dense.TYPE, Map.of())
        .build();
  }

  /** {@return all layers, output first, input last} */
  public List<Layer> layers() {
    return layers;
  }

  /** {@return the number of layers that follow the dynamics: all but the input} */
  public int depth() {
    return layers.size() - 1;
  }

  /** {@return the output layer s⁰} */
  public Layer output() {
    return layers.get(0);
  }

  /** {@return the input layer x} */
  public Layer input() {
    return layers.get(depth());
  }

  /** {@return all connections, output side first} */
  public List<Connection> connections() {
    return connections;
  }

  /** {@return the setting} */
  public Dynamics dynamics() {
    return dynamics;
  }

  /** {@return the cost} */
  public Cost cost() {
    return cost;
  }

  /**
   * {@return all that is trained: the connections in their order, then the cost's read-out if it
   * has one}
   */
  public List<Trainable> trainables() {
    return trainables;
  }

  /** {@return all parameters, in the order of {@link #trainables()}} */
  public List<Parameter> parameters() {
    return trainables.stream().flatMap(trainable -> trainable.parameters().stream()).toList();
  }

  /** {@return the number of weights and biases} */
  public long parameterCount() {
    return parameters().stream().mapToLong(p -> p.shape().size()).sum();
  }

  /**
   * Sets weights and biases to uniform values in ±1/√fanIn, as the authors' program does, on the
   * kernels of this JVM.
   *
   * @param seed the same seed gives the same values
   */
  public void initialise(long seed) {
    initialise(seed, KernelsSelector.kernels());
  }

  /**
   * Sets weights and biases to uniform values in ±1/√fanIn, from a stream of its own for each
   * connection and the read-out, in row-major order, so that they depend on nothing but {@code
   * seed} and shapes.
   *
   * @param seed the same seed gives the same values
   * @param kernels the kernels that the network is to run on
   */
  public void initialise(long seed, Kernels kernels) {
    initialise(seed, new FanInUniform(), kernels, 1);
  }

  /**
   * Sets weights and biases, from a stream of its own for each connection and the read-out. The two
   * directions of untied weights read their stream one after the other, so each is drawn anew.
   *
   * @param seed the same seed gives the same values
   * @param initialiser draws the values
   * @param kernels the kernels that the network is to run on
   * @param gains a factor of the weights: one for all, or one for each of {@link #trainables()}
   * @throws IllegalArgumentException in one sentence, if there is another number of gains, or one
   *     is not above 0 and finite
   */
  public void initialise(long seed, Initialiser initialiser, Kernels kernels, double... gains) {
    InitialParameters.set(trainables, seed, initialiser, gains);
    refresh(kernels);
  }

  /**
   * Brings everything up to date after parameters were set from outside.
   *
   * @param kernels the kernels that the network is to run on
   */
  public void refresh(Kernels kernels) {
    for (Trainable trainable : trainables) {
      trainable.refresh(kernels, 0, trainable.tiles());
    }
  }

  /**
   * A network like this one with parameters of its own, the same values now. It may be read while
   * this one is trained. This one must not be trained meanwhile.
   *
   * @return the copy
   * @throws IllegalStateException if a provider gives the same connection or read-out twice
   */
  public Network copy() {
    Network copy = plan.build();
    copy.copyParameters(this);
    return copy;
  }

  /**
   * Takes over the values of the parameters of a network like this one, on the kernels of this JVM.
   *
   * @param from the network that the values are of
   * @throws IllegalArgumentException if the parameters have other names or shapes
   * @throws IllegalStateException if both networks have the same parameter
   */
  public void copyParameters(Network from) {
    plan.copyParameters(from, this, from.plan.links().equals(plan.links()));
    refresh(KernelsSelector.kernels());
  }

  /** Puts a network together; layers output first. */
  public static final class Builder {
    private final Dynamics dynamics;
    private final Parts parts;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final List<Plan.Link> links = new ArrayList<>();
    private Function<Layer, Cost> cost = SquaredError::new;
    private Untied.@Nullable Rule untied;

    /**
     * A builder of networks in the given setting.
     *
     * @param dynamics the setting in which it steps
     */
    public Builder(Dynamics dynamics) {
      this(dynamics, Parts.here());
    }

    /**
     * A builder that looks for types of connections and costs among {@code parts}.
     *
     * @param dynamics the setting in which it steps
     * @param parts where types are looked for by name
     */
    public Builder(Dynamics dynamics, Parts parts) {
      this.dynamics = dynamics;
      this.parts = parts;
    }

    /**
     * Adds the next layer; the first one is the output.
     *
     * @param name without spaces
     * @param shape units, or channels, rows and columns
     * @param activation σ of the layer
     * @return this
     * @throws IllegalArgumentException if the name has spaces, or the input is there already
     */
    public Builder layer(String name, Shape shape, Activation activation) {
      return add(name, shape, activation, false);
    }

    /**
     * Adds the input; after it no layer can be added.
     *
     * @param name without spaces
     * @param shape units, or channels, rows and columns
     * @param activation of what it feeds in the energy-based setting
     * @return this
     * @throws IllegalArgumentException if the name has spaces, or the input is there already
     */
    public Builder input(String name, Shape shape, Activation activation) {
      return add(name, shape, activation, true);
    }

    private Builder add(String name, Shape shape, Activation activation, boolean input) {
      if (!layers.isEmpty() && layers.get(layers.size() - 1).input()) {
        throw new IllegalArgumentException("Layer " + name + " comes after the input.");
      }
      Names.check("layer", name);
      layers.add(new Layer(layers.size(), name, shape, activation, input));
      return this;
    }

    /**
     * Adds a connection from layer {@code source} down to layer {@code target}.
     *
     * @param name without spaces; the names of its tensors end with it
     * @param target number of the layer nearer the output
     * @param source number of the layer nearer the input
     * @param type the name of a {@link Connection.Provider}
     * @param options settings of the type
     * @return this
     * @throws IllegalArgumentException if there is no such layer or type, or they do not fit, or
     *     the name or an option has spaces
     */
    public Builder connect(
        String name, int target, int source, String type, Map<String, String> options) {
      Untied.Rule rule = untied;
      boolean steps = source >= 0 && source < layers.size() && !layers.get(source).input();
      if (rule == null || !steps || type.equals(Untied.TYPE)) {
        return connect(name, target, source, parts.connection(type), options);
      }
      Map<String, String> both = new TreeMap<>(options);
      both.put(Untied.OF, type);
      both.put(Untied.RULE, rule.id());
      return connect(name, target, source, parts.connection(Untied.TYPE), both);
    }

    /**
     * Adds a connection from layer {@code source} down to layer {@code target}, made by a provider
     * that need not be registered.
     *
     * @param name without spaces; the names of its tensors end with it
     * @param target number of the layer nearer the output
     * @param source number of the layer nearer the input
     * @param provider makes the connection
     * @param options settings of the type
     * @return this
     * @throws IllegalArgumentException if there is no such layer, or they do not fit
     */
    public Builder connect(
        String name,
        int target,
        int source,
        Connection.Provider provider,
        Map<String, String> options) {
      Plan.checkEnds(name, target, source, layers.size());
      Names.check("connection", name);
      Connection made = provider.create(name, layers.get(target), layers.get(source), options);
      Names.checkOptions(made);
      connections.add(made);
      links.add(new Plan.Link(name, target, source, provider, Map.copyOf(options)));
      return this;
    }

    /**
     * Unties the connections that are added by their type from now on: those between two layers
     * that step have weights of their own in each direction.
     *
     * @param rule how the two directions learn
     * @return this
     */
    public Builder untied(Untied.Rule rule) {
      untied = rule;
      return this;
    }

    /**
     * Sets the cost of the output layer; the squared error if none is set.
     *
     * @param ofOutput makes the cost of the output layer
     * @return this
     */
    public Builder cost(Function<Layer, Cost> ofOutput) {
      cost = ofOutput;
      return this;
    }

    /**
     * Sets the cost.
     *
     * @param type the name of a {@link Cost.Provider}
     * @param options settings of the type
     * @return this
     * @throws IllegalArgumentException if there is no such type
     */
    public Builder cost(String type, Map<String, String> options) {
      Cost.Provider provider = parts.cost(type);
      return cost(output -> provider.create(output, options));
    }

    /**
     * {@return the network}
     *
     * @throws IllegalArgumentException if it has no input or a layer nothing connects to, or two
     *     tensors have one name
     */
    public Network build() {
      Plan.check(layers, connections);
      Plan plan = new Plan(List.copyOf(layers), List.copyOf(links), dynamics, cost);
      Network network = new Network(plan, connections, cost.apply(layers.get(0)));
      Names.checkTensors(network.parameters());
      return network;
    }
  }
}
