package org.eqprop.bench;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eqprop.bptt.learn.BackpropThroughTime;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.relax.Context;
import org.eqprop.core.tensor.Shape;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole training step of batch 20: gather, both phases (or one and the way back), gradient,
 * update; and one prediction. T and K are those of the peer's figures in docs/performance.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:ObjectAlignmentInBytes=64"})
@SuppressWarnings("NullAway.Init") // JMH calls build() first
public class TrainingStepBenchmark {
  private static final int BATCH = 20;
  private static final int STEPS = 50;

  /** A network, its T and its K. */
  @Param({
    "p-1h 40 15",
    "eb-1h 100 12",
    "p-2h 100 20",
    "p-3h 180 20",
    "eb-2h 400 40",
    "p-conv 200 10"
  })
  public String preset = "";

  /** Equilibrium propagation, or backpropagation through time with the same T and K. */
  @Param({"ep", "bptt"})
  public String method = "";

  /** Worker threads. */
  @Param({"1", "2"})
  public int threads;

  private final RandomSamples samples = new RandomSamples(BATCH * STEPS);
  private final float[] input = new float[samples.inputSize()];
  private Context context;
  private Trainer trainer;
  private Predictor predictor;

  /** Builds the network and its trainer. */
  @Setup
  public void build() {
    context = new Context(threads);
    String[] words = preset.split(" ", -1);
    int t = Integer.parseInt(words[1]);
    int k = Integer.parseInt(words[2]);
    trainer = trainer(words[0].equals("p-conv") ? convolutional() : layered(words[0]), t, k);
    samples.copyInput(0, input, 0);
  }

  private static Network layered(String name) {
    int depth = name.charAt(name.length() - 2) - '0';
    int[] sizes = new int[depth + 2];
    Arrays.fill(sizes, 512);
    sizes[0] = 10;
    sizes[depth + 1] = 784;
    Dynamics dynamics =
        name.startsWith("eb")
            ? new EnergyBased(0.2, true, false)
            : new Prototypical(1, Prototypical.Nudge.OUTSIDE);
    return Network.chain(dynamics, Activation.SIGMOID4, sizes);
  }

  private static Network convolutional() {
    Shape image = Shape.of(1, 28, 28);
    return new ConvolutionalChain(image, List.of(64, 32), List.of(10), 5, 0, 2)
        .network(new Prototypical(1, Prototypical.Nudge.OUTSIDE), Activation.HARD_SIGMOID);
  }

  private Trainer trainer(Network network, int t, int k) {
    network.initialise(1, context.kernels());
    predictor = new Predictor(network, context.kernels(), t);
    Phases phases = new Phases(t, k, 0.5, Phases.Estimate.ONE_SIDED, 1);
    double[] rates = new double[network.connections().size()];
    Arrays.fill(rates, 0.01);
    return new Trainer(
        network, context, estimator(network, phases), new Sgd(rates), samples, BATCH, 1);
  }

  private GradientEstimator estimator(Network network, Phases phases) {
    return method.equals("bptt")
        ? new BackpropThroughTime(network, context, phases, BATCH)
        : new EquilibriumPropagation(network, context, phases, BATCH);
  }

  /** Ends the workers. */
  @TearDown
  public void close() {
    context.close();
  }

  /** One update. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public int trainingStep() {
    return trainer.train(0, 0, new Totals(), (done, batches, totals) -> true);
  }

  /** One prediction, one thread. */
  @Benchmark
  public int predict() {
    return predictor.predict(input, 0);
  }
}
