package org.eqprop.conv;

import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.conv.internal.kernel.UnpooledMap;
import org.eqprop.conv.internal.kernel.Winograd;
import org.eqprop.core.network.Memory;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.TooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * The position of each unit's window's largest element, sample by sample, cell by cell, the filters
 * innermost and padded; and room for the operators' intermediate maps.
 */
final class ConvMemory implements Memory {
  private final int row;
  private final int[] positions;
  private final Scratch[] scratch;

  /** Intermediate maps of one sample; a range of samples uses those of its first one. */
  static final class Scratch {
    final Rows planes;
    final @Nullable Winograd winograd;
    final Rows image;
    final Rows map;
    final Rows pooled;
    final float[] scaled;
    final UnpooledMap unpooled;

    Scratch(Plan plan) {
      planes = plan.convolution().padding() > 0 ? plan.newPlanes() : Rows.allocate(1, 1);
      winograd = plan.winograd() ? new Winograd(plan) : null;
      image = plan.newImage();
      map = plan.newMap();
      pooled = plan.newPooled();
      unpooled = new UnpooledMap(plan);
      scaled = new float[plan.pooling().outputSize()];
    }
  }

  ConvMemory(Plan plan, int samples) {
    Rows pooled = plan.newPooled();
    row = pooled.count() * pooled.padded();
    positions = new int[TooLargeException.length(samples, row)];
    scratch = new Scratch[samples];
    for (int r = 0; r < samples; r++) {
      scratch[r] = new Scratch(plan);
    }
  }

  /** Positions of all samples; sample r's start at {@link #start}. */
  int[] positions() {
    return positions;
  }

  /** Where the positions of {@code sample} start. */
  int start(int sample) {
    return sample * row;
  }

  /**
   * For the range of samples that starts with {@code sample}: no other range of the same call has
   * it.
   */
  Scratch scratch(int sample) {
    return scratch[sample];
  }

  @Override
  public void copy(Memory source, int from, int to) {
    if (!(source instanceof ConvMemory other)) {
      throw new IllegalArgumentException("This memory belongs to another type of connection.");
    }
    System.arraycopy(other.positions, from * row, positions, from * row, (to - from) * row);
  }

  @Override
  public void swap(int one, int other) {
    for (int i = 0; i < row; i++) {
      int kept = positions[one * row + i];
      positions[one * row + i] = positions[other * row + i];
      positions[other * row + i] = kept;
    }
  }
}
