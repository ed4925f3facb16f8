import org.eqprop.conv.ConvPool;
import org.eqprop.core.network.Connection;

/**
 * Convolution with pooling as a connection of a network (Eq. 17, 18).
 *
 * <p>It provides a {@link org.eqprop.core.network.Connection.Provider} of the type {@code
 * conv-pool}, so that networks and model files with convolutions are found. A program needs the
 * module to be there and names none of its classes: {@code requires org.eqprop.conv}, or the jar on
 * the class path. This requires {@code org.eqprop.core}, too. For speed it needs {@code
 * jdk.incubator.vector}, as that does.
 */
module org.eqprop.conv {
  requires static jdk.incubator.vector; // as ep-core
  requires transitive org.eqprop.core;
  requires static org.jspecify;

  exports org.eqprop.conv;

  provides Connection.Provider with
      ConvPool.Provider;
}
