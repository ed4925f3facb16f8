/**
 * What every connection, cost, optimizer and learner must pass. Who writes one elsewhere calls
 * these checks from a test of any kind; a check that fails throws an {@link AssertionError} that
 * says what was expected and what was found.
 *
 * <p>It is for tests: a dependency of the scope {@code test}, on the class path or with {@code
 * requires org.eqprop.checks}. It provides no services and finds none: a check is given the
 * provider of the part.
 */
module org.eqprop.checks {
  requires jdk.management;
  requires org.assertj.core;
  requires org.eqprop.bptt;
  requires transitive org.eqprop.core;
  requires static org.jspecify;

  exports org.eqprop.checks;
}
