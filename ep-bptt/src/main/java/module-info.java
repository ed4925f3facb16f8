import org.eqprop.bptt.learn.BackpropThroughTime;
import org.eqprop.bptt.learn.RecurrentBackprop;
import org.eqprop.core.learn.Learner;

/**
 * Float64 automatic differentiation, and the reference of equilibrium propagation and of
 * backpropagation through time that is derived from Φ alone; and backpropagation through time in
 * float32 for training.
 *
 * <p>It provides a {@link org.eqprop.core.learn.Learner.Provider} for {@code bptt} and one for
 * {@code rbp}. A program that trains by one of them, or looks at gradients, has {@code requires
 * org.eqprop.bptt}. This requires {@code org.eqprop.core}, too, and a library of small collections,
 * fastutil. A program that only uses networks does not need this module.
 *
 * <p><b>Where to begin.</b> {@link org.eqprop.bptt.learn} trains, {@link org.eqprop.bptt.gdu}
 * compares gradients step by step, {@link org.eqprop.bptt.reference} and {@link
 * org.eqprop.bptt.estimate} have exact ones, and {@link org.eqprop.bptt.tape} differentiates.
 */
module org.eqprop.bptt {
  requires it.unimi.dsi.fastutil.core;
  requires transitive org.eqprop.core;
  requires static org.jspecify;

  exports org.eqprop.bptt.estimate;
  exports org.eqprop.bptt.gdu;
  exports org.eqprop.bptt.learn;
  exports org.eqprop.bptt.reference;
  exports org.eqprop.bptt.replay;
  exports org.eqprop.bptt.tape;
  exports org.eqprop.bptt.verify;

  provides Learner.Provider with
      BackpropThroughTime.Provider,
      RecurrentBackprop.Provider;
}
