package org.eqprop.examples.exchange;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.run.DatasetSamples;

/** What a model makes of some samples: their steady states and what belongs to them. */
public final class SampleArrays {
  private final Network network;
  private final Dataset samples;
  private final Relaxation relaxation;
  private final State state;
  private final Rows scores;

  /**
   * Lets all samples settle.
   *
   * @param steps T
   * @throws IllegalArgumentException if the samples do not fit the network
   * @throws DivergenceException if a state is not finite
   */
  public SampleArrays(Model model, int steps, Kernels kernels, Dataset samples) {
    this.network = model.network();
    this.samples = samples;
    int count = samples.size();
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    Minibatch batch = new Minibatch(new DatasetSamples(samples), count);
    batch.select(order, 0, count, 0);
    this.relaxation = new Relaxation(network, kernels, count, model.settling());
    this.state = relaxation.newState();
    batch.load(relaxation.x(), 0, count);
    relaxation.clamp(state, 0, count);
    model.starts(kernels).unseen(count).begin(order, relaxation, state, 0, count);
    relaxation.free(state, steps, 0, count);
    for (Layer layer : network.layers()) {
      if (!state.isFinite(layer, count)) {
        throw new DivergenceException(
            "The states of layer " + layer.name() + " are not finite for these samples.");
      }
    }
    Rows output = state.s(network.output());
    this.scores = network.cost().reading(count).scores(kernels, output, 0, count);
  }

  /** The arrays of a kind; none of weights and gradients. */
  public List<NamedArray> of(Content content) {
    int count = samples.size();
    Shape classes = Shape.of(scores.size());
    return switch (content) {
      case INPUTS ->
          List.of(NamedArray.of("inputs", relaxation.x(), count, network.input().shape()));
      case LABELS -> List.of(NamedArray.of("labels", labels()));
      case STATES -> layers("state.", true);
      case ACTIVATIONS -> layers("activation.", false);
      case SCORES -> List.of(NamedArray.of("scores", scores, count, classes));
      case WEIGHTS, GRADIENTS -> List.of();
    };
  }

  private int[] labels() {
    int[] labels = new int[samples.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = samples.classLabels().label(samples.label(i));
    }
    return labels;
  }

  private List<NamedArray> layers(String prefix, boolean states) {
    List<NamedArray> arrays = new ArrayList<>();
    for (Layer layer : network.layers().subList(0, network.depth())) {
      Rows rows = states ? state.s(layer) : state.u(layer);
      arrays.add(NamedArray.of(prefix + layer.name(), rows, samples.size(), layer.shape()));
    }
    return arrays;
  }
}
