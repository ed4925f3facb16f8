import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.kernel.simd.SimdKernels;
import org.eqprop.core.learn.ContinualPropagation;
import org.eqprop.core.learn.ContrastiveHebbian;
import org.eqprop.core.learn.CoupledLearning;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.SquaredError;
import org.eqprop.core.network.UntiedProvider;
import org.eqprop.core.settle.Solver;

/**
 * Equilibrium propagation: networks defined by one scalar function, relaxed twice to give a
 * gradient. It needs the JDK and nothing else.
 *
 * {@snippet :
 * Samples samples = Samples.of(inputs, labels); // float[][], int[]
 * Model model =
 *     Training.of(PaperNet.P_1H).hidden(64).learningRates(0.2, 0.2).epochs(60).fit(samples);
 * model.write(file);
 *
 * Predictor predictor = Model.read(file).predictor();
 * int label = predictor.predict(input);
 * float score = predictor.score(label);
 * }
 *
 * <p>A program requires {@code org.eqprop.core}. It also requires {@code jdk.incubator.vector}, or
 * is started with {@code --add-modules jdk.incubator.vector}, to run on vectors; else plain Java
 * runs, several times slower, with the same bits.
 *
 * <p><b>Where to begin.</b> {@link org.eqprop.core.train} trains, {@link org.eqprop.core.learn}
 * predicts, {@link org.eqprop.core.store} has the files. {@link org.eqprop.core.network} is for
 * networks and parts of one's own.
 *
 * <p><b>Services.</b> A part that is registered is found by its name, in options and in model
 * files:
 *
 * <ul>
 *   <li>{@link org.eqprop.core.network.Connection.Provider}: what links two layers. Here are {@code
 *       dense} and {@code untied}.
 *   <li>{@link org.eqprop.core.network.Cost.Provider}: what learning makes small. Here are {@code
 *       squared-error} and {@code cross-entropy}.
 *   <li>{@link org.eqprop.core.learn.Learner.Provider}: how a network learns from a batch. Here are
 *       {@code ep}, {@code chl}, {@code coupled} and {@code continual}.
 *   <li>{@link org.eqprop.core.settle.Solver.Provider}: how a free phase finds the steady state.
 *       Those of this module need not be registered.
 *   <li>{@link org.eqprop.core.kernel.Kernels.Provider}: the arithmetic. Here are vectors and plain
 *       Java.
 * </ul>
 *
 * <p>Packages named {@code internal} are for this project's own modules, and change at any time.
 */
@SuppressWarnings("module") // modules that are compiled later
module org.eqprop.core {
  requires java.management; // the JVM's options
  requires static jdk.incubator.vector; // the SIMD kernels; without it the scalar ones run
  requires static jdk.jfr; // events; without it none are recorded
  requires static org.jspecify;

  exports org.eqprop.core;
  exports org.eqprop.core.cost;
  exports org.eqprop.core.data;
  exports org.eqprop.core.kernel;
  exports org.eqprop.core.learn;
  exports org.eqprop.core.network;
  exports org.eqprop.core.preset;
  exports org.eqprop.core.settle;
  exports org.eqprop.core.store;
  exports org.eqprop.core.tensor;
  exports org.eqprop.core.train;
  exports org.eqprop.core.internal.file to
      org.eqprop.bptt,
      org.eqprop.examples;
  exports org.eqprop.core.internal.idx to
      org.eqprop.examples;
  exports org.eqprop.core.internal.machine to
      org.eqprop.bptt,
      org.eqprop.conv,
      org.eqprop.examples;
  exports org.eqprop.core.internal.probe to
      org.eqprop.examples;

  uses Kernels.Provider;
  uses Connection.Provider;
  uses Cost.Provider;
  uses Learner.Provider;
  uses Solver.Provider;

  provides Kernels.Provider with
      SimdKernels.Provider,
      ScalarKernels.Provider;
  provides Connection.Provider with
      Dense.Provider,
      UntiedProvider;
  provides Cost.Provider with
      SquaredError.Provider,
      CrossEntropy.Provider;
  provides Learner.Provider with
      EquilibriumPropagation.Provider,
      ContrastiveHebbian,
      CoupledLearning,
      ContinualPropagation.Provider;
}
