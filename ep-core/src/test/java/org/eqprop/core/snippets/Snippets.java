package org.eqprop.core.snippets;

import java.nio.file.Path;
import java.util.Map;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.data.Digits;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.BatchPredictor;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.PredictorPool;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.store.Model;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.train.Training;

/** The code in the pages of the API. {@link SnippetsTest} runs it. */
final class Snippets {
  private Snippets() {}

  static int firstSteps(float[][] inputs, int[] labels, float[] input, Path file) {
    // @start region="first-steps"
    Samples samples = Samples.of(inputs, labels); // float[][], int[]
    Model model =
        Training.of(PaperNet.P_1H).hidden(64).learningRates(0.2, 0.2).epochs(60).fit(samples);
    model.write(file);

    Predictor predictor = Model.read(file).predictor();
    int label = predictor.predict(input);
    float score = predictor.score(label);
    // @end
    return score > 0 ? label : -1;
  }

  static Network network() {
    // @start region="network"
    Network network =
        new Network.Builder(new Prototypical(1, Prototypical.Nudge.OUTSIDE))
            .layer("s0", Shape.of(10), Activation.SIGMOID4) // the output
            .layer("s1", Shape.of(128), Activation.SIGMOID4)
            .input("x", Shape.of(64), Activation.SIGMOID4)
            .connect("0", 0, 1, "dense", Map.of())
            .connect("1", 1, 2, "dense", Map.of())
            .connect("skip", 0, 2, "dense", Map.of()) // past the hidden layer
            .build();
    network.initialise(1);
    // @end
    return network;
  }

  static double train(Network network, Samples samples) {
    // @start region="train"
    Phases phases = new Phases(30, 8, 0.2, Phases.Estimate.ONE_SIDED, 1, Settling.fast(false, 0.2));
    Totals totals = new Totals();
    try (Context context = new Context(2)) {
      var learner = new EquilibriumPropagation(network, context, phases, 20);
      var sgd = new Sgd(0.05, 0.1, 0.05); // one rate for each connection
      var trainer = new Trainer(network, context, learner, sgd, samples, 20, 1);
      trainer.train(0, 0, totals, (done, batches, sums) -> true);
    }
    double error = totals.error(); // of the samples as they were seen
    // @end
    return error;
  }

  static int predict(Model model, float[] input, float[] many, int count) {
    // @start region="predict"
    Predictor predictor = model.predictor(); // for one thread
    int best = predictor.predict(input);

    BatchPredictor batch = model.predictors().settleForPrediction().batch();
    int[] classes = new int[count];
    batch.predict(many, count, classes); // many: the samples one after the other

    PredictorPool pool = model.predictors().settleForPrediction().pool(4);
    int fromAnyThread = pool.predict(input);
    // @end
    return best == fromAnyThread && classes[0] == best ? best : -1;
  }

  static String preset() {
    // @start region="preset"
    PaperNet.Training paper = PaperNet.P_2H.training();
    String numbers = "T = " + paper.t() + ", K = " + paper.k() + ", rates " + paper.rates();
    Network network = PaperNet.P_2H.network(Shape.of(784), 10, PaperNet.P_2H.hidden());
    // @end
    return numbers + ", " + network.parameterCount() + " parameters";
  }

  static Network readOut() {
    // @start region="cost"
    Network network =
        Network.chain(
            new Prototypical(1, Prototypical.Nudge.INSIDE),
            Activation.SIGMOID4,
            layer -> new CrossEntropy(layer, 10), // a softmax read-out of ten classes
            128, // the last layer that steps
            64);
    // @end
    return network;
  }

  static float tensor(Model model, Path file) {
    model.write(file);
    // @start region="store"
    Safetensors tensors = Safetensors.read(file);
    Shape shape = tensors.shape("weight.0"); // outputs × hidden units
    float[] values = tensors.floats("weight.0"); // row by row
    // @end
    Parameter parameter = model.network().parameters().get(0);
    return shape.equals(parameter.shape()) ? values[0] - parameter.write()[0] : Float.NaN;
  }

  static int digits() {
    // @start region="data"
    Samples digits = Digits.train();
    float[] image = new float[digits.inputSize()]; // 8 × 8 pixels, row by row
    digits.copyInput(0, image, 0);
    int digit = digits.label(0);
    // @end
    return image.length + digit;
  }

  static String kernels() {
    // @start region="kernels"
    String name = KernelsSelector.kernels().name(); // such as simd-512
    String why = KernelsSelector.explanation(); // one line for a log
    // @end
    return name + "; " + why;
  }

  static double settle(Network network, float[] input) {
    // @start region="settle"
    var relaxation = new Relaxation(network, KernelsSelector.kernels(), 1);
    var state = relaxation.newState();
    for (int i = 0; i < input.length; i++) {
      relaxation.x().set(0, i, input[i]);
    }
    relaxation.clamp(state, 0, 1); // the rows of one sample
    relaxation.reset(state, 0, 1);
    relaxation.free(state, 100, 0, 1); // T = 100
    Rows output = state.s(network.output());
    double moved = relaxation.residual()[0]; // the largest change in the last step
    // @end
    return Float.isFinite(output.get(0, 0)) ? moved : Double.NaN;
  }

  static float rows() {
    // @start region="tensor"
    Rows rows = Rows.allocate(20, 10); // 20 samples of 10 values
    rows.set(3, 9, 1f);
    float value = rows.data()[rows.index(3, 9)];
    // @end
    return value;
  }
}
