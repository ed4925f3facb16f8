package org.eqprop.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.PredictorBuilder;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;

class NetworkCopyTest {
  private static final Dynamics DYNAMICS = new Prototypical(1, Prototypical.Nudge.INSIDE);

  private static List<Network> networks() {
    Network chain = Network.chain(DYNAMICS, Activation.SIGMOID4, 5, 33, 17);
    Network toy =
        Network.toy(new EnergyBased(0.2, true, false), Activation.HARD_SIGMOID, 3, 20, 17);
    Network costed =
        Network.chain(DYNAMICS, Activation.TANH, layer -> new CrossEntropy(layer, 3), 19, 23, 17);
    Network untied =
        new Network.Builder(DYNAMICS)
            .untied(Untied.Rule.VECTOR_FIELD)
            .layer("s0", Shape.of(4), Activation.SIGMOID4)
            .layer("s1", Shape.of(21), Activation.SIGMOID4)
            .input("x", Shape.of(17), Activation.SIGMOID4)
            .connect("0", 0, 1, Dense.TYPE, Map.of())
            .connect("1", 1, 2, Dense.TYPE, Map.of())
            .build();
    return List.of(chain, toy, costed, untied);
  }

  private static float[] scores(Network network) {
    Predictor predictor = new PredictorBuilder(network, 15, Settling.EXACT).build();
    Random random = new Random(3);
    float[] input = new float[17];
    for (int i = 0; i < input.length; i++) {
      input[i] = random.nextFloat();
    }
    predictor.predict(input);
    float[] scores = new float[predictor.classes()];
    predictor.scores(scores, 0);
    return scores;
  }

  @Test
  void aCopyPredictsTheSameBitsAndSharesNothing() {
    for (Network network : networks()) {
      network.initialise(5);
      Network copy = network.copy();
      float[] before = scores(network);
      assertThat(scores(copy)).isEqualTo(before);
      network.initialise(6);
      assertThat(scores(network)).isNotEqualTo(before);
      assertThat(scores(copy)).isEqualTo(before);
      copy.copyParameters(network);
      assertThat(scores(copy)).isEqualTo(scores(network));
      assertThat(copy.copy().connections()).hasSameSizeAs(network.connections());
    }
  }

  @Test
  void otherNetworksParametersAreRefusedAndNothingIsChanged() {
    Network network = Network.chain(DYNAMICS, Activation.SIGMOID4, 5, 33, 17);
    network.initialise(5);
    float[] before = scores(network);
    Network wider = Network.chain(DYNAMICS, Activation.SIGMOID4, 5, 34, 17);
    wider.initialise(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.copyParameters(wider))
        .withMessage(
            "The network's parameter weight.0 is 5x33, but the other one's is weight.0 5x34.");
    Network shorter = Network.chain(DYNAMICS, Activation.SIGMOID4, 5, 17);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.copyParameters(shorter))
        .withMessage("The network has 4 parameters, but the other one has 2.");
    assertThat(scores(network)).isEqualTo(before);
    network.copyParameters(network);
    assertThat(scores(network)).isEqualTo(before);
  }

  /** Networks of other providers may have their values in another order. */
  @Test
  void parametersOfNetworksThatWereMadeApartAreCopied() {
    Network one = Network.chain(DYNAMICS, Activation.SIGMOID4, 5, 33, 17);
    Network other = Network.chain(DYNAMICS, Activation.SIGMOID4, 5, 33, 17);
    one.initialise(5);
    other.copyParameters(one);
    assertThat(scores(other)).isEqualTo(scores(one));
  }

  @Test
  void aReadOutThatTwoNetworksWouldShareIsRefused() {
    Cost[] made = new Cost[1];
    Network network =
        Network.chain(
            DYNAMICS,
            Activation.SIGMOID4,
            layer -> {
              made[0] = made[0] == null ? new CrossEntropy(layer, 3) : made[0];
              return made[0];
            },
            19,
            17);
    assertThatIllegalStateException()
        .isThrownBy(network::copy)
        .withMessageContaining("a connection and a read-out must be new for each network");
  }
}
