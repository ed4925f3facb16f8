import org.eqprop.conv.ConvPool;
import org.eqprop.core.network.Connection;

/** Convolution with pooling as a connection of a network (Eq. 17, 18). */
module org.eqprop.conv {
  requires static jdk.incubator.vector; // as ep-core
  requires transitive org.eqprop.core;
  requires static org.jspecify;

  exports org.eqprop.conv;

  provides Connection.Provider with
      ConvPool.Provider;
}
