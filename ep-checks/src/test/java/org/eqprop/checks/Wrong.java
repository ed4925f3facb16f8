package org.eqprop.checks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Layer;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Shape;

/** Parts that do one thing otherwise than sound ones. */
final class Wrong {
  private Wrong() {}

  /** What a method does instead. */
  @FunctionalInterface
  interface Instead {
    Object call(Sound sound, Object[] arguments) throws Throwable;
  }

  /** The method of the sound part. */
  @FunctionalInterface
  interface Sound {
    Object call(Object... arguments) throws Throwable;
  }

  /** The part with other methods under one of some names, with {@code |} between them. */
  static <T> T part(Class<T> type, T sound, String names, Instead instead) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Sound real =
                  given -> {
                    try {
                      return method.invoke(sound, given);
                    } catch (InvocationTargetException thrown) {
                      throw thrown.getCause();
                    }
                  };
              boolean other = Arrays.asList(names.split("\\|")).contains(method.getName());
              return other ? instead.call(real, arguments) : real.call(arguments);
            });
    return type.cast(proxy);
  }

  /** A dense connection of some tiles with another method of some names. */
  static Connection connection(String names, Instead instead) {
    return part(Connection.class, dense(), names, instead);
  }

  /** A small connection of two tiles. */
  static Connection dense() {
    return new Dense(
        "0",
        new Layer(0, "s0", Shape.of(Panels.NR + 1), Activation.TANH, false),
        new Layer(1, "s1", Shape.of(5), Activation.TANH, false));
  }

  /** Time for another thread to do what this one must not notice. */
  static void dawdle() {
    LockSupport.parkNanos(1000);
  }
}
