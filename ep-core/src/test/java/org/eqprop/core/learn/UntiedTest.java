package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Untied;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.testing.Blobs;
import org.eqprop.core.testing.KernelsUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections with weights of their own in each direction, in training. */
@Tag("kernels")
class UntiedTest {
  private static final Listener GO_ON = (done, batches, totals) -> true;

  private final Blobs blobs = new Blobs(43, 37, 4, 1);

  private static Network network(Dynamics dynamics, String type, Map<String, String> options) {
    Network network =
        new Network.Builder(dynamics)
            .layer("s0", Shape.of(4), Activation.SIGMOID4)
            .layer("s1", Shape.of(35), Activation.SIGMOID4)
            .layer("s2", Shape.of(20), Activation.SIGMOID4)
            .input("x", Shape.of(37), Activation.SIGMOID4)
            .connect("0", 0, 1, type, options)
            .connect("1", 1, 2, type, options)
            .connect("2", 2, 3, type, options)
            .build();
    network.initialise(2, KernelsUnderTest.kernels());
    return network;
  }

  private static Network untied(Dynamics dynamics, Untied.Rule rule) {
    return network(dynamics, Untied.TYPE, Map.of(Untied.OF, Dense.TYPE, Untied.RULE, rule.id()));
  }

  private static Map<String, float[]> weights(Network network) {
    Map<String, float[]> weights = new HashMap<>();
    for (Parameter parameter : network.parameters()) {
      weights.put(parameter.name(), parameter.write());
    }
    return weights;
  }

  /** Gives each direction the weight of the other network. */
  private static void copy(Network tied, Network untied) {
    Map<String, float[]> from = weights(tied);
    for (Parameter parameter : untied.parameters()) {
      parameter.read(from.get(parameter.name().replace(".feedback", "")));
    }
    untied.refresh(KernelsUnderTest.kernels());
  }

  private void train(Network network, int threads, Phases.Estimate estimate, Optimizer optimizer) {
    try (Context context = new Context(threads, KernelsUnderTest.kernels())) {
      Phases phases = new Phases(8, 4, 0.2, estimate, 5);
      Learner ep = new EquilibriumPropagation(network, context, phases, 10);
      Trainer trainer = new Trainer(network, context, ep, optimizer, blobs, 10, 6);
      for (int epoch = 0; epoch < 2; epoch++) {
        trainer.train(epoch, 0, new Totals(), GO_ON);
      }
    }
  }

  private static Optimizer optimizer() {
    return new MomentumSgd(new LearningRates(0.04, 0.06, 0.08), 0.9);
  }

  @Test
  void equalWeightsWithEqualUpdatesAreTiedWeightsToTheBit() {
    for (Dynamics dynamics :
        List.of(
            new Prototypical(1, Prototypical.Nudge.OUTSIDE), new EnergyBased(0.2, true, false))) {
      for (Phases.Estimate estimate : Phases.Estimate.values()) {
        Network tied = network(dynamics, Dense.TYPE, Map.of());
        Network untied = untied(dynamics, Untied.Rule.KOLEN_POLLACK);
        Network others = untied(dynamics, Untied.Rule.VECTOR_FIELD);
        copy(tied, untied);
        copy(tied, others);
        train(tied, 1, estimate, optimizer());
        train(untied, 2, estimate, optimizer());
        train(others, 1, estimate, optimizer());
        Map<String, float[]> expected = weights(tied);
        weights(untied)
            .forEach(
                (name, values) ->
                    assertThat(values)
                        .as(name)
                        .containsExactly(expected.get(name.replace(".feedback", ""))));
        assertThat(weights(others).get("weight.1"))
            .isNotEqualTo(weights(others).get("weight.1.feedback"))
            .isNotEqualTo(expected.get("weight.1"));
      }
    }
  }

  @Test
  void kolenPollackBringsTheDirectionsTogether() {
    Network network =
        untied(new Prototypical(1, Prototypical.Nudge.OUTSIDE), Untied.Rule.KOLEN_POLLACK);
    double before = ((Untied) network.connections().get(0)).angle();
    assertThat(before).isBetween(80.0, 100.0);
    Optimizer decayed = new DecoupledDecay(new Sgd(new LearningRates(0.1, 0.1, 0.1)), 5);
    train(network, 1, Phases.Estimate.ONE_SIDED, decayed);
    assertThat(((Untied) network.connections().get(0)).angle()).isLessThan(before - 10);
  }

  @Test
  void theAngleIsThatOfTheWeights() {
    Network network =
        untied(new Prototypical(1, Prototypical.Nudge.OUTSIDE), Untied.Rule.VECTOR_FIELD);
    Connection connection = network.connections().get(0);
    Parameter w = connection.parameters().get(0);
    Parameter b = connection.parameters().get(2);
    assertThat(b.name()).isEqualTo("weight.0.feedback");
    float[] values = w.write();
    b.read(values);
    assertThat(((Untied) connection).angle()).isCloseTo(0, within(1e-4));
    float[] opposite = values.clone();
    for (int i = 0; i < opposite.length; i++) {
      opposite[i] *= -2;
    }
    b.read(opposite);
    assertThat(((Untied) connection).angle()).isCloseTo(180, within(1e-4));
    assertThat(((Untied) network.connections().get(2)).angle()).isNaN();
  }

  @Test
  void weightsDependNeitherOnThreadsNorOnAFile(@TempDir Path folder) {
    Dynamics dynamics = new Prototypical(1, Prototypical.Nudge.OUTSIDE);
    Network one = untied(dynamics, Untied.Rule.VECTOR_FIELD);
    Network start = untied(dynamics, Untied.Rule.VECTOR_FIELD);
    Path file = folder.resolve("model.safetensors");
    new Model(start, 8, Map.of()).write(file);
    Network three = Model.read(file, KernelsUnderTest.kernels()).network();
    train(one, 1, Phases.Estimate.RANDOM_SIGN, optimizer());
    train(three, 3, Phases.Estimate.RANDOM_SIGN, optimizer());
    Map<String, float[]> expected = weights(one);
    assertThat(expected.get("weight.0")).isNotEqualTo(weights(start).get("weight.0"));
    weights(three)
        .forEach((name, values) -> assertThat(values).containsExactly(expected.get(name)));
  }

  @Test
  void aConnectionWithoutATypeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> network(new Prototypical(1, Prototypical.Nudge.OUTSIDE), Untied.TYPE, Map.of()))
        .withMessage(
            "The untied connection 0 needs the option of, the type of its two directions, such as"
                + " dense.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                network(
                    new Prototypical(1, Prototypical.Nudge.OUTSIDE),
                    Untied.TYPE,
                    Map.of("of", "dense", "rule", "hebb")))
        .withMessageContaining("choose vector-field or kolen-pollack");
  }
}
