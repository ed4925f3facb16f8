package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eqprop.bptt.estimate.ContinualUpdates;
import org.eqprop.bptt.estimate.ContrastedStates;
import org.eqprop.bptt.estimate.HolomorphicEp;
import org.eqprop.bptt.estimate.RbpNeumann;
import org.eqprop.bptt.estimate.SummedSteps;
import org.eqprop.bptt.estimate.Uoro;
import org.eqprop.bptt.gdu.Alignment;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.core.settle.SigmaDelta;
import org.eqprop.examples.run.Setting;

/** The estimates of the gradient whose convergence is looked at, by the methods they belong to. */
final class ErrorCurves {
  private static final Map<String, Function<ErrorCurves, List<ErrorCurve>>> METHODS = methods();

  private static final String EXACT = "exact";
  private static final String BETA = "β";

  private static final List<Double> BETAS = powers(1, Math.sqrt(10), 1e-5);
  private static final List<Double> RADII = powers(1, Math.pow(10, 0.25), 1e-2);
  private static final List<Double> SHARES = powers(1, Math.sqrt(10), 1e-4);
  private static final List<Double> RATES = powers(0.1, Math.sqrt(10), 1e-5);
  private static final List<Double> LAMBDAS = powers(0.1, Math.sqrt(10), 1e-5);
  private static final List<Double> STRONG = List.of(1.0, 3.0, 10.0, 30.0, 100.0, 300.0);
  private static final List<Double> COUNTS = powers(1, 0.5, 64);
  private static final List<Double> STEPS =
      List.of(1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0);
  private static final int[] POINTS = {4, 6, 8};

  /** β where only the number of steps counts, and η of what coupled learning approaches. */
  private static final double SMALL = 1e-4;

  private static final double TOLERANCE = 1e-14;

  /** Steps of a strongly nudged phase, by the reciprocal of its ε. */
  private static final int UNTIL_STEADY = 40;

  private final Measurement measurement;
  private final FreePhase free;
  private final int settle;
  private final List<double[]> exact;

  /**
   * The estimates at the end of a free phase.
   *
   * @param exact the gradient of the loss at the steady state
   */
  ErrorCurves(Measurement measurement, FreePhase free, List<double[]> exact) {
    this.measurement = measurement;
    this.free = free;
    this.exact = exact;
    this.settle = measurement.settings().t();
  }

  /** The names of the methods, in their order. */
  static List<String> names() {
    return List.copyOf(METHODS.keySet());
  }

  /**
   * The curves of a method.
   *
   * @param method one of {@link #names}
   * @throws IllegalArgumentException in one sentence, if this network has none
   */
  List<ErrorCurve> of(String method) {
    return Objects.requireNonNull(METHODS.get(method)).apply(this);
  }

  private static Map<String, Function<ErrorCurves, List<ErrorCurve>>> methods() {
    Map<String, Function<ErrorCurves, List<ErrorCurve>>> methods = new LinkedHashMap<>();
    methods.put("ep", ErrorCurves::equilibrium);
    methods.put(HolomorphicEp.NAME, ErrorCurves::holomorphic);
    methods.put("rbp", ErrorCurves::recurrent);
    methods.put(ContinualUpdates.NAME, ErrorCurves::continual);
    methods.put("coupled", ErrorCurves::coupled);
    methods.put("chl", ErrorCurves::hebbian);
    methods.put(Uoro.NAME, ErrorCurves::uoro);
    methods.put(SigmaDelta.NAME, ErrorCurves::spiking);
    return Collections.unmodifiableMap(methods);
  }

  /** From {@code first} to {@code last}, each the one before divided by {@code factor}. */
  private static List<Double> powers(double first, double factor, double last) {
    int count = 1 + (int) Math.round(Math.log(first / last) / Math.log(factor));
    return IntStream.range(0, count).mapToObj(i -> first * Math.pow(factor, -i)).toList();
  }

  private static double distance(List<double[]> own, List<double[]> reference) {
    return Alignment.of(flat(own), flat(reference)).relativeError();
  }

  private static double[] flat(List<double[]> values) {
    return values.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private DoubleUnaryOperator toExact(DoubleFunction<List<double[]>> gradients) {
    return x -> distance(gradients.apply(x), exact);
  }

  private List<ErrorCurve> equilibrium() {
    return List.of(
        ErrorCurve.of(
            "ep",
            "one-sided",
            BETA,
            EXACT,
            1.0,
            BETAS,
            toExact(x -> ContrastedStates.nudged(free, x, false, settle).gradients())),
        ErrorCurve.of(
            "ep",
            "centered",
            BETA,
            EXACT,
            2.0,
            BETAS,
            toExact(x -> ContrastedStates.nudged(free, x, true, settle).gradients())),
        ErrorCurve.of(
            "ep",
            "nudged steps",
            "K",
            EXACT,
            null,
            STEPS,
            toExact(k -> ContrastedStates.nudged(free, SMALL, true, (int) k).gradients())));
  }

  private List<ErrorCurve> holomorphic() {
    List<ErrorCurve> curves = new ArrayList<>();
    for (int points : POINTS) {
      DoubleFunction<HolomorphicEp> estimate =
          radius ->
              new HolomorphicEp(free, new HolomorphicEp.Circle(points, radius), TOLERANCE, settle);
      curves.add(
          ErrorCurve.of(
              HolomorphicEp.NAME,
              points + " points",
              BETA,
              EXACT,
              1.0 * points,
              RADII,
              x -> whereSteady(() -> distance(estimate.apply(x).gradients(), exact))));
    }
    return curves;
  }

  /** NaN where a phase does not settle: a wide circle may hold a strength without steady state. */
  private static double whereSteady(Supplier<Double> error) {
    try {
      return error.get();
    } catch (IllegalStateException unsettled) {
      return Double.NaN;
    }
  }

  private List<ErrorCurve> recurrent() {
    return List.of(
        ErrorCurve.of(
            "rbp",
            "terms",
            "K",
            EXACT,
            null,
            STEPS,
            toExact(k -> new RbpNeumann(free, (int) k).gradients())));
  }

  private List<ErrorCurve> continual() {
    GduSettings settings = measurement.settings();
    List<double[]> limit =
        SummedSteps.equilibrium(free, settings.beta(), settings.combination(), settings.k())
            .gradients();
    return List.of(
        ErrorCurve.of(
            ContinualUpdates.NAME,
            "rate by β",
            "η/β",
            "ep",
            1.0,
            RATES,
            x ->
                distance(
                    new ContinualUpdates(free, settings.beta(), x * settings.beta(), settings.k())
                        .gradients(),
                    limit)));
  }

  private List<ErrorCurve> coupled() {
    List<double[]> limit = ContrastedStates.coupledLimit(free, SMALL, settle).gradients();
    return List.of(
        ErrorCurve.of(
            "coupled",
            "share",
            "η",
            "its limit",
            1.0,
            SHARES,
            x -> distance(ContrastedStates.coupled(free, x, settle).gradients(), limit)));
  }

  /** β times the estimate of equilibrium propagation, on one sample, with steps that it needs. */
  private List<ErrorCurve> hebbian() {
    if (measurement.settings().setting() != Setting.ENERGY_BASED) {
      throw new IllegalArgumentException(
          "chl is the limit of a strong nudge in energy-based networks only.");
    }
    FreePhase sample = free.sample(0);
    List<double[]> limit = ContrastedStates.clamped(sample, settle).gradients();
    return List.of(
        ErrorCurve.of(
            "chl",
            "β times ep",
            BETA,
            "chl",
            -1.0,
            STRONG,
            beta -> {
              double epsilon = 0.5 / (1 + beta);
              FreePhase slow = measurement.withEpsilon(sample, epsilon);
              int steps = (int) (UNTIL_STEADY / epsilon);
              List<double[]> strong =
                  ContrastedStates.nudged(slow, beta, false, steps).gradients().stream()
                      .map(part -> Arrays.stream(part).map(value -> beta * value).toArray())
                      .toList();
              return distance(strong, limit);
            }));
  }

  private List<ErrorCurve> uoro() {
    int k = measurement.settings().k();
    long seed = measurement.settings().seed();
    FreePhase sample = free.sample(0);
    double[] errors =
        MeanOfDraws.errors(
            COUNTS.size(),
            draw -> flat(new Uoro(sample, k, 1, seed + draw).gradients()),
            flat(SummedSteps.backprop(sample, k).gradients()));
    return List.of(
        new ErrorCurve(
            Uoro.NAME,
            "draws",
            "N",
            "bptt",
            -0.5,
            SlopeFit::throughAll,
            COUNTS,
            count -> errors[Integer.numberOfTrailingZeros((int) count)]));
  }

  private List<ErrorCurve> spiking() {
    return List.of(
        ErrorCurve.of(
            SigmaDelta.NAME,
            "events",
            "λ",
            "its state",
            1.0,
            LAMBDAS,
            lambda -> measurement.distanceOfEvents(lambda)));
  }
}
