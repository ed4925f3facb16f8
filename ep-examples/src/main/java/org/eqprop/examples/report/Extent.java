package org.eqprop.examples.report;

/**
 * From where to where an axis reaches, and how values become the numbers that XChart is given.
 *
 * @param min the lower end, as XChart is given it
 * @param max the upper end, as XChart is given it
 * @param scale how a value becomes XChart's number
 * @param exponent of the power of ten that values are counted in, or from
 */
record Extent(double min, double max, Scale scale, int exponent) {

  /** How a value becomes the number that XChart is given. */
  enum Scale {
    /** In units of a power of ten, because XChart rounds its ticks to ten decimals. */
    LINEAR,
    /** As it is, on a logarithmic axis of XChart, which shows ten lines a decade. */
    LOG,
    /** In decades above a power of ten, on a linear axis of XChart: more than three decades. */
    DECADES
  }

  /** Finds how far data reach. */
  static final class Finder {
    private final Axis axis;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    Finder(Axis axis) {
      this.axis = axis;
    }

    /** Takes a value in, unless it cannot be shown on this axis. */
    void add(double value) {
      if (shows(axis, value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }

    /** From the least value to the greatest, or what the axis fixes. */
    Extent find() {
      if (least > most) {
        least = axis.log() ? 0.1 : 0;
        most = 1;
      }
      return axis.log() ? logarithmic() : linear();
    }

    private Extent logarithmic() {
      double from = fixedOr(axis.min(), Math.pow(10, floorLog10(least)));
      double to = fixedOr(axis.max(), Math.pow(10, Math.ceil(Math.log10(most))));
      if (from >= to) {
        from = fixedOr(axis.min(), to / 10);
        to = fixedOr(axis.max(), from * 10);
      }
      int lowest = floorLog10(from);
      double low = Math.log10(from) - lowest;
      double high = Math.log10(to) - lowest;
      return high - low > 3
          ? new Extent(low, high, Scale.DECADES, lowest)
          : new Extent(from, to, Scale.LOG, 0);
    }

    private Extent linear() {
      double from = fixedOr(axis.min(), least);
      double to = fixedOr(axis.max(), most);
      double size = Math.max(Math.abs(from), Math.abs(to));
      if (to - from <= 1e-6 * size || size == 0) {
        double room = size == 0 || axis.whole() ? 1 : 0.1 * size;
        from = fixedOr(axis.min(), Math.min(from, to) - room);
        to = fixedOr(axis.max(), Math.max(from, to) + room);
        size = Math.max(Math.abs(from), Math.abs(to));
      }
      int exponent = floorLog10(size);
      double unit = Math.pow(10, exponent);
      return new Extent(from / unit, to / unit, Scale.LINEAR, exponent);
    }

    private static double fixedOr(double fixed, double other) {
      return Double.isNaN(fixed) ? other : fixed;
    }

    private static int floorLog10(double value) {
      return (int) Math.floor(Math.log10(value));
    }
  }

  /** Whether an axis can show a value at all. */
  static boolean shows(Axis axis, double value) {
    return Double.isFinite(value) && (!axis.log() || value > 0);
  }

  /** The value as XChart is given it. */
  double scaled(double value) {
    return switch (scale) {
      case LINEAR -> value / Math.pow(10, exponent);
      case LOG -> value;
      case DECADES -> Math.log10(value) - exponent;
    };
  }

  /** How far along the axis a value lies: 0 at the lower end, 1 at the upper. */
  double fraction(double value) {
    double along = scaled(value);
    return scale == Scale.LOG
        ? Math.log(along / min) / Math.log(max / min)
        : (along - min) / (max - min);
  }
}
