/**
 * Float64 automatic differentiation, and the reference of equilibrium propagation and of
 * backpropagation through time that is derived from Φ alone.
 */
module org.eqprop.bptt {
  requires it.unimi.dsi.fastutil.core;
  requires transitive org.eqprop.core;
  requires static transitive org.jspecify;

  exports org.eqprop.bptt.gdu;
  exports org.eqprop.bptt.reference;
  exports org.eqprop.bptt.replay;
  exports org.eqprop.bptt.tape;
}
