package org.eqprop.core.hostile;

import static org.eqprop.core.hostile.HostileCallsTest.NO_COUNTS;
import static org.eqprop.core.hostile.HostileCallsTest.NO_FACTORS;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.BatchPredictor;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Evaluator;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.PredictorBuilder;
import org.eqprop.core.learn.PredictorPool;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.GlorotUniform;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.train.Training;

/** Hostile arguments for networks and what works on one. */
final class HostileNetworks {
  private static final int CLASSES = 3;
  private static final int INPUTS = 4;

  private final Network network = network(CLASSES, INPUTS);
  private final PredictorBuilder predictors = new PredictorBuilder(network, 20, Settling.EXACT);
  private final Predictor predictor = predictors.build();
  private final BatchPredictor batch = predictors.batch();
  private final PredictorPool pool = predictors.pool(1);
  private final int[] best = {-5, -5};
  private final float[] scores = {-5, -5, -5, -5, -5, -5};

  HostileNetworks() {
    predictor.predict(new float[] {0.1f, 0.2f, 0.3f, 0.4f});
  }

  private static Network network(int classes, int inputs) {
    Network network =
        Network.chain(
            new Prototypical(1, Prototypical.Nudge.OUTSIDE),
            Activation.SIGMOID4,
            classes,
            5,
            inputs);
    network.initialise(1);
    return network;
  }

  /** What no refused call may change. */
  Map<String, Object> states() {
    Map<String, Object> states = new TreeMap<>();
    for (Parameter parameter : network.parameters()) {
      states.put(parameter.name(), Arrays.toString(parameter.write()));
    }
    float[] last = new float[CLASSES];
    predictor.scores(last, 0);
    states.put("scores", Arrays.toString(last));
    states.put("written classes", Arrays.toString(best));
    states.put("written scores", Arrays.toString(scores));
    return states;
  }

  void addTo(HostileCallsTest.Attempts a) {
    description(a);
    prediction(a);
    training(a);
  }

  private static Network.Builder builder() {
    return new Network.Builder(PaperNet.P_1H.dynamics());
  }

  private void description(HostileCallsTest.Attempts a) {
    Activation sigma = Activation.SIGMOID4;
    for (int n : NO_COUNTS) {
      a.argument("chain output " + n, () -> network(n, 3));
      a.argument("chain input " + n, () -> network(3, n));
      a.argument(
          "toy " + n, () -> Network.toy(PaperNet.EB_1H.dynamics(), Activation.TANH, 2, n, 3));
      a.argument(
          "PaperNet classes " + n,
          () -> PaperNet.P_1H.network(Shape.of(3), n, PaperNet.P_1H.hidden()));
      a.argument("PaperNet width " + n, () -> PaperNet.P_1H.hidden(n));
      a.argument("CrossEntropy classes " + n, () -> new CrossEntropy(network.output(), n));
    }
    a.argument("chain of nothing", () -> Network.chain(PaperNet.P_1H.dynamics(), sigma));
    a.argument("chain of one", () -> Network.chain(PaperNet.P_1H.dynamics(), sigma, 3));
    a.argument("toy of two", () -> Network.toy(PaperNet.EB_1H.dynamics(), Activation.TANH, 2, 3));
    a.argument(
        "PaperNet of another depth",
        () -> PaperNet.P_2H.network(Shape.of(3), 2, PaperNet.P_1H.hidden()));
    for (String name : new String[] {"", " ", "a b", "a\nb", "\t"}) {
      String shown = name.replace("\n", "\\n").replace("\t", "\\t");
      a.argument("layer name '" + shown + "'", () -> builder().layer(name, Shape.of(3), sigma));
      a.argument("input name '" + shown + "'", () -> builder().input(name, Shape.of(3), sigma));
      a.argument(
          "connection name '" + shown + "'", () -> two().connect(name, 0, 1, "dense", Map.of()));
    }
    a.argument("builder without layers", () -> builder().build());
    a.argument("builder without input", () -> builder().layer("s", Shape.of(3), sigma).build());
    a.argument("layer after the input", () -> two().layer("late", Shape.of(3), sigma));
    a.argument("second input", () -> two().input("x2", Shape.of(3), sigma));
    a.argument("unconnected", () -> two().build());
    a.argument("connection of no type", () -> two().connect("w", 0, 1, "none", Map.of()));
    a.argument(
        "connection option",
        () -> two().connect("w", 0, 1, "dense", Map.of("kernel", "3")).build());
    a.argument("cost of no type", () -> two().cost("none", Map.of()));
    for (int[] ends : new int[][] {{0, 0}, {1, 0}, {0, 2}, {-1, 1}, {0, -1}, {5, 7}}) {
      a.argument(
          "connection from " + ends[1] + " to " + ends[0],
          () -> two().connect("w", ends[0], ends[1], "dense", Map.of()));
    }
    a.argument(
        "two tensors of one name",
        () ->
            two()
                .connect("w", 0, 1, "dense", Map.of())
                .connect("w", 0, 1, "dense", Map.of())
                .build());
    for (double x : NO_FACTORS) {
      a.argument(
          "initialise gain " + x,
          () -> network.initialise(1, new GlorotUniform(), KernelsSelector.kernels(), x));
    }
    a.argument(
        "initialise three gains",
        () -> network.initialise(1, new GlorotUniform(), KernelsSelector.kernels(), 1, 1, 1));
    a.argument(
        "initialise no gains",
        () -> network.initialise(1, new GlorotUniform(), KernelsSelector.kernels()));
    Parameter parameter = network.parameters().get(0);
    for (int n : new int[] {0, 1, 14, 16, 1000}) {
      a.argument("read " + n + " values", () -> parameter.read(new float[n]));
    }
  }

  private static Network.Builder two() {
    return builder()
        .layer("s", Shape.of(3), Activation.SIGMOID4)
        .input("x", Shape.of(2), Activation.SIGMOID4);
  }

  private void prediction(HostileCallsTest.Attempts a) {
    for (int n : new int[] {0, -1, Integer.MIN_VALUE, Steps.MOST + 1}) {
      a.argument("PredictorBuilder steps " + n, () -> predictors.steps(n));
      a.argument(
          "Predictor steps " + n, () -> new Predictor(network, KernelsSelector.kernels(), n));
      a.argument(
          "BatchPredictor steps " + n,
          () -> new BatchPredictor(network, KernelsSelector.kernels(), n, Settling.EXACT));
    }
    for (int n : NO_COUNTS) {
      a.argument("pool of " + n, () -> predictors.pool(n));
    }
    for (double x : HostileCallsTest.NEGATIVE) {
      a.argument("PredictorBuilder tolerance " + x, () -> predictors.tolerance(x));
    }
    for (int n : new int[] {0, 1, INPUTS - 1, INPUTS + 1, 784}) {
      a.argument("predict " + n + " values", () -> predictor.predict(new float[n]));
      a.argument("pool predicts " + n + " values", () -> pool.predict(new float[n]));
    }
    for (int n : new int[] {0, 1, INPUTS - 1}) {
      a.argument("batch predicts " + n + " values", () -> batch.predict(new float[n], 1, best));
    }
    for (int n : new int[] {-1, 1, 5, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      a.argument("predict from " + n, () -> predictor.predict(new float[INPUTS], n));
    }
    for (float x : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] input = {0, x, 0, 0};
      float[] inputs = {0, x, 0, 0, 0, 0, 0, 0};
      a.argument("predict " + x, () -> predictor.predict(input));
      a.argument("predict scores " + x, () -> pool.predict(input, scores));
      a.argument("batch predicts " + x, () -> batch.predictScores(inputs, 2, best, scores));
    }
    for (int c : new int[] {-1, CLASSES, 10, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      a.index("score " + c, () -> predictor.score(c));
    }
    for (int n : new int[] {-1, 4, 7, Integer.MAX_VALUE}) {
      a.index(
          "scores from " + n,
          () -> {
            predictor.scores(scores, n);
            return null;
          });
    }
    a.argument("top of four", () -> predictor.top(new int[CLASSES + 1]));
    float[] two = new float[2 * INPUTS];
    for (int n : new int[] {-1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      a.argument("batch of " + n, () -> batch.predict(two, n, new int[3]));
    }
    a.argument("batch without room", () -> batch.predict(two, 2, new int[1]));
    a.argument(
        "batch without room for scores", () -> batch.predictScores(two, 2, best, new float[5]));
  }

  private void training(HostileCallsTest.Attempts a) {
    Context context = new Context(1);
    Samples samples = HostileData.samples();
    Phases phases = new Phases(5, 5, 0.1, Phases.Estimate.ONE_SIDED, 1);
    var learner = new EquilibriumPropagation(network, context, phases, 2);
    Network other = network(CLASSES, INPUTS);
    for (int n : NO_COUNTS) {
      a.argument(
          "EquilibriumPropagation capacity " + n,
          () -> new EquilibriumPropagation(network, context, phases, n));
      a.argument("Trainer batch " + n, () -> trainer(learner, context, samples, n));
      a.argument("Evaluator steps " + n, () -> new Evaluator(network, context, n, samples));
    }
    a.argument("Trainer batch beyond the samples", () -> trainer(learner, context, samples, 7));
    a.argument(
        "Trainer batch beyond the learner",
        () ->
            trainer(learner, context, samples, 3)
                .train(0, 0, new Totals(), (done, batches, totals) -> true));
    a.argument(
        "Trainer of another network",
        () -> new Trainer(other, context, learner, new Sgd(0.1, 0.1), samples, 2, 1));
    a.argument(
        "Trainer of other samples",
        () -> trainer(learner, context, Samples.of(new float[2][5], new int[2], 3), 2));
    a.argument(
        "Trainer of other classes",
        () -> trainer(learner, context, Samples.of(new float[2][INPUTS], new int[2], 4), 2));
    a.argument(
        "Trainer with one rate",
        () -> new Trainer(network, context, learner, new Sgd(0.1), samples, 2, 1));
    a.argument(
        "Evaluator of other samples",
        () -> new Evaluator(network, context, 5, Samples.of(new float[2][5], new int[2], 3)));
    a.argument(
        "Evaluator of no samples",
        () -> new Evaluator(network, context, 5, new HostileData.Empty()));
    a.argument(
        "Trainer of no samples", () -> trainer(learner, context, new HostileData.Empty(), 1));
    Trainer trainer = trainer(learner, context, samples, 2);
    for (int[] at : new int[][] {{-1, 0}, {0, -1}, {0, 9}, {Integer.MIN_VALUE, 0}}) {
      a.argument(
          "train epoch " + at[0] + " from batch " + at[1],
          () -> trainer.train(at[0], at[1], new Totals(), (done, batches, totals) -> true));
    }
    for (int label : new int[] {-1, CLASSES, 25, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      Samples wrong = new HostileData.Labelled(label);
      a.argument(
          "train on label " + label,
          () ->
              trainer(learner, context, wrong, 2)
                  .train(0, 0, new Totals(), (done, batches, totals) -> true));
      a.argument(
          "evaluate on label " + label,
          () -> {
            new Evaluator(network, context, 5, wrong)
                .evaluate(new Totals(), (done, batches, totals) -> true);
            return null;
          });
    }
    for (float x : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Samples wrong = new HostileData.Valued(x);
      a.argument(
          "train on " + x,
          () ->
              trainer(learner, context, wrong, 2)
                  .train(0, 0, new Totals(), (done, batches, totals) -> true));
      a.argument(
          "evaluate " + x,
          () -> {
            new Evaluator(network, context, 5, wrong)
                .evaluate(new Totals(), (done, batches, totals) -> true);
            return null;
          });
    }
    for (float x : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Samples wrong = new HostileData.Targeted(x);
      a.argument(
          "train to " + x,
          () ->
              trainer(learner, context, wrong, 2)
                  .train(0, 0, new Totals(), (done, batches, totals) -> true));
    }
    Context closed = new Context(2);
    closed.close();
    var late = new EquilibriumPropagation(network, closed, phases, 2);
    a.add(
        "train with a closed context",
        IllegalStateException.class,
        () ->
            trainer(late, closed, samples, 2)
                .train(0, 0, new Totals(), (done, batches, totals) -> true));
    a.argument(
        "fit another network's samples",
        () ->
            Training.of(PaperNet.P_1H).network(other).fit(Samples.of(new float[2][9], new int[2])));
  }

  private Trainer trainer(
      EquilibriumPropagation learner, Context context, Samples samples, int batchSize) {
    return new Trainer(network, context, learner, new Sgd(0.1, 0.1), samples, batchSize, 1);
  }
}
