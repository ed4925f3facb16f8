package org.eqprop.core.hostile;

import static org.eqprop.core.hostile.HostileCallsTest.NEGATIVE;
import static org.eqprop.core.hostile.HostileCallsTest.NO_COUNTS;
import static org.eqprop.core.hostile.HostileCallsTest.NO_FACTORS;

import java.util.List;
import org.eqprop.core.data.EvenSplit;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.learn.Adam;
import org.eqprop.core.learn.CoupledDecay;
import org.eqprop.core.learn.DecoupledDecay;
import org.eqprop.core.learn.LearningRates;
import org.eqprop.core.learn.MomentumSgd;
import org.eqprop.core.learn.NesterovSgd;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.RateSchedule;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.PoolingShape;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.settle.Alternating;
import org.eqprop.core.settle.Anderson;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.HeavyBall;
import org.eqprop.core.settle.OverRelaxed;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.SigmaDelta;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.tensor.TooLargeException;
import org.eqprop.core.train.Training;

/** Hostile numbers for what only holds numbers. */
final class HostileSettings {
  private static final int TOO_MANY = Steps.MOST + 1;

  void addTo(HostileCallsTest.Attempts a) {
    phases(a);
    settling(a);
    optimizers(a);
    shapes(a);
    training(a);
    for (String name : List.of("", "sigmoid 4", "RELU", "none")) {
      a.argument("Activation.of('" + name + "')", () -> Activation.of(name));
    }
    for (int n : NO_COUNTS) {
      a.argument("Context " + n, () -> new Context(n));
    }
    int[] labels = {0, 1, 1};
    for (int n : new int[] {-1, 4, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      a.argument("EvenSplit of " + n, () -> EvenSplit.byClass(labels, 2, n));
    }
    for (int n : new int[] {-1, 0, 1, Integer.MIN_VALUE}) {
      a.argument("EvenSplit of classes " + n, () -> EvenSplit.byClass(labels, n, 1));
    }
  }

  private static void phases(HostileCallsTest.Attempts a) {
    Phases.Estimate once = Phases.Estimate.ONE_SIDED;
    for (int n : new int[] {0, -1, TOO_MANY, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      a.argument("Phases T " + n, () -> new Phases(n, 5, 0.1, once, 1));
      a.argument("Phases K " + n, () -> new Phases(5, n, 0.1, once, 1));
    }
    for (double x : NO_FACTORS) {
      a.argument("Phases beta " + x, () -> new Phases(5, 5, x, once, 1));
    }
    for (double x : new double[] {0, -0.5, 1.0001, Double.NaN, Double.POSITIVE_INFINITY}) {
      a.argument("EnergyBased epsilon " + x, () -> new EnergyBased(x, true, false));
      a.argument("Prototypical epsilon " + x, () -> new Prototypical(x, Prototypical.Nudge.INSIDE));
    }
  }

  private static void settling(HostileCallsTest.Attempts a) {
    Schedule turns = Schedule.ALTERNATING;
    for (double x : NEGATIVE) {
      a.argument("Settling tolerance " + x, () -> new Settling(new Alternating(), x));
      a.argument("Settling.of tolerance " + x, () -> Settling.of(turns, x, 0, 0));
    }
    for (double x : new double[] {-0.1, 2, 17, Double.NaN, Double.POSITIVE_INFINITY}) {
      a.argument("Settling.of omega " + x, () -> Settling.of(turns, 0, x, 0));
      a.argument("OverRelaxed omega " + x, () -> new OverRelaxed(turns, x));
      a.argument("HeavyBall omega " + x, () -> new HeavyBall(turns, x, 0.5));
      a.argument("Anderson omega " + x, () -> new Anderson(turns, x, 5));
    }
    for (double x : new double[] {-0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      a.argument("Settling.of momentum " + x, () -> Settling.of(turns, 0, 0, x));
      a.argument("HeavyBall momentum " + x, () -> new HeavyBall(turns, 0.5, x));
    }
    for (int n : new int[] {0, -1, 21, Integer.MAX_VALUE}) {
      a.argument("Anderson memory " + n, () -> new Anderson(turns, 1, n));
    }
    for (double x : NO_FACTORS) {
      a.argument("SigmaDelta step " + x, () -> new SigmaDelta(x, 0.9));
      a.argument("SigmaDelta decay " + x, () -> new SigmaDelta(0.5, x));
    }
  }

  private static void optimizers(HostileCallsTest.Attempts a) {
    LearningRates rates = new LearningRates(0.1);
    for (double x : NEGATIVE) {
      a.argument("Sgd rate " + x, () -> new Sgd(0.1, x));
      a.argument("LearningRates " + x, () -> new LearningRates(x));
      a.argument("CoupledDecay " + x, () -> new CoupledDecay(new Sgd(0.1), x));
      a.argument("DecoupledDecay " + x, () -> new DecoupledDecay(new Sgd(0.1), x));
    }
    for (double x : NO_FACTORS) {
      a.argument(
          "LearningRates updates " + x, () -> new LearningRates(RateSchedule.CONSTANT, x, 0.1));
      a.argument("Adam epsilon " + x, () -> new Adam(rates, 0.9, 0.999, x));
    }
    for (double x : new double[] {-0.1, 1, 2, Double.NaN, Double.POSITIVE_INFINITY}) {
      a.argument("Adam beta1 " + x, () -> new Adam(rates, x, 0.999, 1e-8));
      a.argument("Adam beta2 " + x, () -> new Adam(rates, 0.9, x, 1e-8));
      a.argument("MomentumSgd " + x, () -> new MomentumSgd(rates, x));
      a.argument("NesterovSgd " + x, () -> new NesterovSgd(rates, x));
    }
  }

  private static void shapes(HostileCallsTest.Attempts a) {
    int most = Integer.MAX_VALUE;
    for (int n : NO_COUNTS) {
      a.argument("Shape " + n, () -> Shape.of(n));
      a.argument("Shape 3 x " + n, () -> Shape.of(3, n));
      a.argument("Rows count " + n, () -> Rows.allocate(n, 3));
      a.argument("Rows size " + n, () -> Rows.allocate(3, n));
      a.argument("PoolingShape window " + n, () -> new PoolingShape(1, 4, 4, n, 1));
      a.argument("PoolingShape stride " + n, () -> new PoolingShape(1, 4, 4, 2, n));
      a.argument(
          "ConvolutionalChain kernel " + n,
          () -> new ConvolutionalChain(Shape.of(1, 8, 8), List.of(4), List.of(3), n, 0, 2));
      a.argument(
          "ConvolutionalChain pool " + n,
          () -> new ConvolutionalChain(Shape.of(1, 8, 8), List.of(4), List.of(3), 3, 0, n));
      a.argument(
          "ConvolutionalChain channels " + n,
          () ->
              new ConvolutionalChain(Shape.of(1, 8, 8), List.of(n), List.of(3), 3, 0, 2)
                  .network(PaperNet.P_1H.dynamics(), Activation.SIGMOID4));
    }
    a.argument("Shape of an enormous size", () -> Shape.of(most, most));
    a.argument("Shape beyond a long", () -> Shape.of(most, most, most));
    a.add("Rows beyond an array", TooLargeException.class, () -> Rows.allocate(most, most));
    a.argument(
        "ConvolutionalChain without channels",
        () -> new ConvolutionalChain(Shape.of(1, 8, 8), List.of(), List.of(3), 3, 0, 2));
    a.argument(
        "ConvolutionalChain of a vector",
        () -> new ConvolutionalChain(Shape.of(64), List.of(4), List.of(3), 3, 0, 2));
  }

  private static void training(HostileCallsTest.Attempts a) {
    for (int n : NO_COUNTS) {
      a.argument("Training epochs " + n, () -> fresh().epochs(n));
      a.argument("Training batch " + n, () -> fresh().batchSize(n));
      a.argument("Training threads " + n, () -> fresh().threads(n));
      a.argument("Training hidden " + n, () -> fresh().hidden(n).fit(HostileData.samples()));
      a.argument("Training height " + n, () -> fresh().inputShape(1, n, 3));
    }
    a.argument("Training too many threads", () -> fresh().threads(Integer.MAX_VALUE));
    for (int n : new int[] {0, -1, TOO_MANY, Integer.MIN_VALUE}) {
      a.argument("Training T " + n, () -> fresh().freeSteps(n));
      a.argument("Training K " + n, () -> fresh().nudgedSteps(n));
    }
    for (double x : NO_FACTORS) {
      a.argument("Training beta " + x, () -> fresh().beta(x));
    }
    for (double x : NEGATIVE) {
      a.argument("Training rate " + x, () -> fresh().learningRates(0.1, x));
    }
    a.argument("Training hidden none", () -> fresh().hidden());
    a.argument("Training hidden three", () -> fresh().hidden(3, 3, 3));
    a.argument("Training rates none", () -> fresh().learningRates().fit(HostileData.samples()));
    a.argument(
        "Training rates three",
        () -> fresh().learningRates(0.1, 0.1, 0.1).fit(HostileData.samples()));
  }

  private static Training fresh() {
    return Training.of(PaperNet.P_1H);
  }
}
