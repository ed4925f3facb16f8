/**
 * Equilibrium propagation: networks defined by one scalar function, relaxed twice to give a
 * gradient.
 */
module org.eqprop.core {
  requires jdk.incubator.vector;
  requires static org.jspecify;
}
