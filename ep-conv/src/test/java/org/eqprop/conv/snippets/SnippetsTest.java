package org.eqprop.conv.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import org.eqprop.conv.ConvPool;
import org.eqprop.core.data.Digits;
import org.eqprop.core.network.Network;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.store.Model;
import org.eqprop.core.train.Training;
import org.junit.jupiter.api.Test;

/** The code in the pages of the API does what the pages say. */
class SnippetsTest {
  @Test
  void theNetworkIsFoundByItsTypeAndLearns() {
    Network network = Snippets.network();
    assertThat(network.connections().get(1)).isInstanceOf(ConvPool.class);
    double[] last = new double[1];
    Model model =
        Training.of(PaperNet.P_1H)
            .network(network)
            .learningRates(0.1, 0.1)
            .epochs(4)
            .test(Digits.test())
            .onEpoch(epoch -> last[0] = epoch.testError())
            .fit(Digits.train());
    assertThat(last[0]).isLessThan(0.3);
    assertThat(model.predictor().inputSize()).isEqualTo(64);
  }
}
