package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eqprop.core.learn.PredictedStarts;
import org.eqprop.core.learn.Starts;
import org.eqprop.core.learn.WarmStarts;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;

/** Where the free phase of each training sample starts. */
public enum StartType {
  /** At s = 0. */
  ZERO,
  /** At the sample's own last steady state. */
  PREVIOUS,
  /** Where a feed-forward network predicts the steady state. */
  PREDICTED;

  /** The states are in memory twice while a checkpoint is written. */
  private static final int SHARE = 3;

  /** What fits into a checkpoint beside the weights. */
  private static final long MOST_BYTES = 2_000_000_000;

  /**
   * The value named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  @JsonCreator
  public static StartType of(String name) {
    return Names.constant("start", values(), name);
  }

  /** The name in options and files. */
  @JsonValue
  public String id() {
    return Names.id(this);
  }

  /**
   * The same in the library, for the training samples of a run.
   *
   * @param context the workers that train
   * @param batch samples of an update at most
   * @throws UsageException if their states do not fit into memory
   */
  Starts starts(Network network, Context context, int batch, int samples) {
    return switch (this) {
      case ZERO -> Starts.ZERO;
      case PREVIOUS -> previous(network, samples);
      case PREDICTED -> new PredictedStarts(network, context, batch);
    };
  }

  private static Starts previous(Network network, int samples) {
    long bytes = WarmStarts.bytes(network, samples);
    long memory = Runtime.getRuntime().maxMemory();
    if (bytes > Math.min(MOST_BYTES, memory / SHARE)) {
      throw new UsageException(
          "start is previous, and the steady states of "
              + samples
              + " training samples take "
              + megabytes(bytes)
              + " MB; at most "
              + megabytes(Math.min(MOST_BYTES, memory / SHARE))
              + " MB are kept, a third of the JVM's memory and not more than a file takes: give a"
              + " smaller limit, or more memory, as in EP_JAVA_OPTS=-Xmx8g.");
    }
    return new WarmStarts(network, samples);
  }

  private static long megabytes(long bytes) {
    return bytes / 1_000_000;
  }

  @Override
  public String toString() {
    return id();
  }
}
