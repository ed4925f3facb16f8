import org.eqprop.conv.ConvPool;
import org.eqprop.core.network.Connection;

/** Convolution with pooling as a connection of a network (Eq. 17, 18). */
module org.eqprop.conv {
  requires jdk.incubator.vector;
  requires transitive org.eqprop.core;
  requires static org.jspecify;

  exports org.eqprop.conv;

  provides Connection.Provider with
      ConvPool.Provider;
}
