/** A program that trains, stores and uses a network. */
module app {
  requires org.eqprop.conv;
  requires org.eqprop.core;
}
