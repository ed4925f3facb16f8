import org.eqprop.bptt.learn.BackpropThroughTime;
import org.eqprop.bptt.learn.RecurrentBackprop;
import org.eqprop.core.learn.Learner;

/**
 * Float64 automatic differentiation, and the reference of equilibrium propagation and of
 * backpropagation through time that is derived from Φ alone; and backpropagation through time in
 * float32 for training.
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
