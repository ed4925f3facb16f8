package own.parts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.eqprop.checks.ConnectionChecks;
import org.eqprop.checks.CostChecks;
import org.eqprop.checks.LearnerChecks;
import org.eqprop.checks.OptimizerChecks;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.LearningRates;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.RateSchedule;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of this project: each passes the checks, learns, and is found again in a model file. */
class OwnPartsTest {
  private static final Phases PHASES = new Phases(30, 12, 0.5, Phases.Estimate.ONE_SIDED, 1);

  @Test
  void eachPartPassesItsChecks() {
    ConnectionChecks.check(new OneToOne.Provider());
    CostChecks.check(new FourthPower.Provider());
    OptimizerChecks.check(
        RmsProp::new,
        (weight, gradients, rates) -> {
          double w = weight;
          double v = 0;
          for (int t = 0; t < gradients.length; t++) {
            v = 0.9 * v + 0.1 * gradients[t] * gradients[t];
            w += rates[t] * gradients[t] / (Math.sqrt(v) + 1e-4);
          }
          return w;
        });
    LearnerChecks.check(new TwoProducts.Provider(), PHASES, 0.3);
    Phases close = new Phases(200, 150, 0.01, Phases.Estimate.ONE_SIDED, 1);
    LearnerChecks.checkGradient(new TwoProducts.Provider(), close, 0.1);
  }

  @Test
  void aFormulaOfAnotherOptimizerIsNoticed() {
    assertThrows(
        AssertionError.class,
        () -> OptimizerChecks.check(RmsProp::new, (weight, gradients, rates) -> weight));
  }

  /** Two classes: whether the first or the second half of the values is larger. */
  private static final class Halves implements Samples {
    private final float[][] inputs = new float[200][8];
    private final int[] labels = new int[200];

    Halves() {
      Random random = new Random(1);
      for (int n = 0; n < inputs.length; n++) {
        float sum = 0;
        for (int i = 0; i < 8; i++) {
          inputs[n][i] = random.nextFloat();
          sum += i < 4 ? inputs[n][i] : -inputs[n][i];
        }
        labels[n] = sum > 0 ? 1 : 0;
      }
    }

    @Override
    public int size() {
      return inputs.length;
    }

    @Override
    public int inputSize() {
      return 8;
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int label(int i) {
      return labels[i];
    }

    @Override
    public void copyInput(int i, float[] destination, int offset) {
      System.arraycopy(inputs[i], 0, destination, offset, 8);
    }
  }

  private static Network network(String cost, boolean own) {
    Network.Builder builder =
        new Network.Builder(new Prototypical(1, Prototypical.Nudge.INSIDE))
            .layer("s0", Shape.of(2), Activation.SIGMOID4)
            .layer("s1", Shape.of(16), Activation.SIGMOID4)
            .layer("s2", Shape.of(16), Activation.SIGMOID4)
            .input("x", Shape.of(8), Activation.IDENTITY)
            .connect("0", 0, 1, "dense", Map.of())
            .connect("1", 1, 2, own ? OneToOne.TYPE : "dense", Map.of())
            .connect("2", 2, 3, "dense", Map.of())
            .cost(cost, Map.of());
    Network network = builder.build();
    network.initialise(3, KernelsSelector.kernels());
    return network;
  }

  private static double error(Network network, String learner, Optimizer optimizer) {
    Samples samples = new Halves();
    Learner.Provider provider =
        ServiceLoader.load(Learner.Provider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(p -> p.name().equals(learner))
            .findFirst()
            .orElseThrow();
    Totals totals = new Totals();
    try (Context context = new Context(2)) {
      Learner made = provider.create(network, context, PHASES, 10);
      Trainer trainer = new Trainer(network, context, made, optimizer, samples, 10, 1);
      for (int epoch = 0; epoch < 40; epoch++) {
        totals.clear();
        trainer.train(epoch, 0, totals, (done, batches, sums) -> true);
      }
    }
    return totals.error();
  }

  private static LearningRates rates(double rate) {
    return new LearningRates(RateSchedule.CONSTANT, 1, rate, rate, rate);
  }

  @Test
  void networksLearnWithEachOfThem() {
    Optimizer sgd = new Sgd(rates(0.3));
    Optimizer own = new RmsProp(rates(0.01));
    String ep = EquilibriumPropagation.NAME;
    String squares = "squared-error";
    assertLearned("own connection", error(network(squares, true), ep, sgd));
    assertLearned("own cost", error(network(FourthPower.TYPE, false), ep, own));
    assertLearned("own optimizer", error(network(squares, false), ep, own));
    assertLearned("own estimator", error(network(squares, false), "two-products", sgd));
  }

  /** Guessing gives 0.5. */
  private static void assertLearned(String what, double error) {
    assertTrue(error < 0.2, () -> what + ": the error is " + error);
  }

  @Test
  void aModelWithThemIsReadAgain(@TempDir Path folder) {
    Network network = network(FourthPower.TYPE, true);
    Path file = folder.resolve("model.safetensors");
    new Model(network, 30, Map.of()).write(file);
    Network again = Model.read(file, KernelsSelector.kernels()).network();
    assertEquals(OneToOne.TYPE, again.connections().get(1).type());
    assertEquals(FourthPower.TYPE, again.cost().type());
    for (int p = 0; p < network.parameters().size(); p++) {
      Parameter parameter = network.parameters().get(p);
      assertArrayEquals(parameter.write(), again.parameters().get(p).write());
    }
  }
}
