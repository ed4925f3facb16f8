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
 * gradient.
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
