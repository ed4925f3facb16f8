package org.eqprop.examples.library;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.eqprop.core.data.Digits;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.store.Model;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.train.Training;

/**
 * Reads the weights of two linear layers that PyTorch has saved as safetensors into a network, and
 * predicts the digits for testing. Then it trains on and predicts again.
 *
 * <p><b>What this means, and what it does not.</b> A network of equilibrium propagation is no
 * feed-forward network. Its output also acts back on its hidden layer, through the same weights,
 * and it settles. So weights that PyTorch has trained in a feed-forward network do not give that
 * network's scores here, and the error may be much larger. They are weights to start from. Only
 * weights of a network that settles in the same way, with the same activation, give the same
 * predictions.
 *
 * <p>In PyTorch, with the activation that {@link #read} has:
 *
 * <pre>
 * net = nn.Sequential(nn.Linear(64, 128), nn.Sigmoid(), nn.Linear(128, 10))
 * safetensors.torch.save_file(net.state_dict(), "net.safetensors")
 * </pre>
 *
 * <p>Here:
 *
 * <pre>
 * java -p ep-examples/target/lib -m org.eqprop.examples/org.eqprop.examples.library.FromPyTorch net.safetensors [MODEL]
 * </pre>
 *
 * <p>MODEL is where the model goes that was read and trained on (default: nowhere).
 */
public final class FromPyTorch {
  /**
   * PyTorch's name of each of our parameters. Ours count from the output, and both have [out, in]
   * as the shape of a weight, row by row.
   */
  private static final Map<String, String> NAMES =
      Map.of(
          "weight.0", "2.weight",
          "bias.0", "2.bias",
          "weight.1", "0.weight",
          "bias.1", "0.bias");

  private FromPyTorch() {}

  /**
   * Runs the example.
   *
   * @param args the file from PyTorch, of a network with 64 inputs and 10 outputs, and the file of
   *     the model, if one is to be written
   */
  public static void main(String[] args) {
    if (args.length < 1 || args.length > 2) {
      System.out.println("Give a safetensors file from PyTorch, and a file to write if you like.");
      return;
    }
    Network network = read(Path.of(args[0]));
    System.out.println(
        "read "
            + network.input().size()
            + "-"
            + network.layers().get(1).size()
            + "-"
            + network.output().size()
            + ", "
            + network.parameterCount()
            + " weights and biases");
    Training training =
        Training.of(PaperNet.P_1H).network(network).learningRates(0.02, 0.04).epochs(3);
    Model start = new Model(network, PaperNet.P_1H.training().t(), Map.of());
    System.out.printf(Locale.ROOT, "error as read: %.2f %%%n", 100 * error(start));
    Model trained = training.fit(Digits.train());
    System.out.printf(Locale.ROOT, "error after 3 epochs: %.2f %%%n", 100 * error(trained));
    if (args.length == 2) {
      trained.write(Path.of(args[1]));
    }
  }

  /**
   * A prototypical network (ε = 1) of one hidden layer, with the weights of a file.
   *
   * @param file safetensors with {@code 0.weight} [hidden, in], {@code 0.bias} [hidden], {@code
   *     2.weight} [out, hidden] and {@code 2.bias} [out], float32 or float64
   * @return the network, ready to run; its layers have the sizes of the tensors
   * @throws org.eqprop.core.StoreException if the file cannot be read, or has no such tensors
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Network read(Path file) {
    Safetensors tensors = Safetensors.read(file);
    Shape first = tensors.shape("0.weight");
    Shape second = tensors.shape("2.weight");
    if (first.rank() != 2 || second.rank() != 2) {
      throw new IllegalArgumentException("The weights are " + first + " and " + second + ".");
    }
    Network network =
        Network.chain(
            new Prototypical(1, Prototypical.Nudge.OUTSIDE),
            Activation.SIGMOID, // PyTorch's: 1/(1 + exp(−x))
            second.dimension(0),
            second.dimension(1),
            first.dimension(1));
    for (Parameter parameter : network.parameters()) {
      String name = Objects.requireNonNull(NAMES.get(parameter.name()));
      Shape given = tensors.shape(name);
      if (!given.equals(parameter.shape())) {
        throw new IllegalArgumentException(
            "The tensor " + name + " is " + given + "; it must be " + parameter.shape() + ".");
      }
      parameter.read(tensors.floats(name));
    }
    network.refresh(KernelsSelector.kernels()); // after parameters were set from outside
    return network;
  }

  private static double error(Model model) {
    Samples test = Digits.test();
    Predictor predictor = model.predictor();
    float[] input = new float[test.inputSize()];
    int wrong = 0;
    for (int i = 0; i < test.size(); i++) {
      test.copyInput(i, input, 0);
      wrong += predictor.predict(input) == test.label(i) ? 0 : 1;
    }
    return (double) wrong / test.size();
  }
}
