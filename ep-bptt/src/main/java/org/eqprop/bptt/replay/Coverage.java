package org.eqprop.bptt.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;

/**
 * Whether the tensors of a reference file are those that a replay compares.
 *
 * @param missing names of tensors that the file must have and has not
 * @param unknown names of tensors that the file has and no replay computes
 */
public record Coverage(List<String> missing, List<String> unknown) {
  private static final Pattern STATE = Pattern.compile("(free|nudged)\\.t([1-9][0-9]{0,6})\\.(.+)");

  /** Numbers that one gradient, recorded for all steps, has at most: half a gigabyte. */
  private static final long MOST_RECORDED = 1L << 26;

  /** Copies the lists. */
  public Coverage {
    missing = List.copyOf(missing);
    unknown = List.copyOf(unknown);
  }

  /** {@return whether nothing is missing and nothing unknown} */
  public boolean isComplete() {
    return missing.isEmpty() && unknown.isEmpty();
  }

  /**
   * Looks at all tensors of a file.
   *
   * @param file a recorded trajectory
   * @return what of it is compared
   * @throws IllegalArgumentException in one sentence, if the file cannot be replayed: a tensor has
   *     another shape than what the file says of its network and its steps, an input or a parameter
   *     is not finite, or the last steps are not recorded
   */
  public static Coverage of(ReferenceFile file) {
    return new Search(file).run();
  }

  /** The search through one file. */
  private static final class Search {
    private final Safetensors tensors;
    private final Network network;
    private final int t;
    private final int k;
    private final int batch;
    private final Set<String> known = new HashSet<>();
    private final Set<String> missing = new HashSet<>();

    Search(ReferenceFile file) {
      tensors = file.tensors();
      network = file.network();
      t = file.freeSteps();
      k = file.nudgedSteps();
      file.beta();
      batch = file.samples().size();
    }

    Coverage run() {
      rows("x", batch, network.input().size());
      rows("target", batch, network.output().size());
      finite("x");
      long all = 0;
      for (Parameter parameter : Problem.parameters(network)) {
        String name = parameter.name();
        all += parameter.shape().size();
        rows(name, parameter.shape().dimension(0), columns(parameter.shape()));
        finite(name);
      }
      if (k * all > MOST_RECORDED) {
        throw new IllegalArgumentException(
            "Its " + all + " parameters in K = " + k + " steps are too many to replay.");
      }
      for (Parameter parameter : Problem.parameters(network)) {
        gradients(parameter);
      }
      for (Layer layer : layers()) {
        need("bptt.neuron." + layer.name(), k, layer.size());
        need("ep.neuron." + layer.name(), k, layer.size());
      }
      states();
      List<String> unknown = new ArrayList<>(tensors.names());
      unknown.removeAll(known);
      return new Coverage(missing.stream().sorted().toList(), unknown);
    }

    private List<Layer> layers() {
      return network.layers().subList(0, network.depth());
    }

    private static int columns(Shape shape) {
      return shape.size() / shape.dimension(0);
    }

    /**
     * A layered network, whose weights have one number, has the update of each bias. Otherwise
     * nothing need be recorded of biases; what is recorded of one is recorded of all.
     */
    private void gradients(Parameter parameter) {
      String name = parameter.name();
      Shape shape = parameter.shape();
      boolean weight = name.startsWith("weight.");
      if (weight || isLayered() || hasBiases("ep.")) {
        need("ep." + name, shape.dimension(0), columns(shape));
      }
      for (String kind : List.of("bptt.cumulative.", "ep.cumulative.")) {
        if (weight || hasBiases(kind)) {
          need(kind + name, k, shape.size());
        }
      }
    }

    private boolean isLayered() {
      return Problem.parameters(network).stream().anyMatch(p -> p.name().matches("weight\\.\\d+"));
    }

    private boolean hasBiases(String kind) {
      return tensors.names().stream().anyMatch(name -> name.startsWith(kind + "bias."));
    }

    /** A step of which one layer is recorded is recorded of all; so are the last steps. */
    private void states() {
      Map<String, Layer> byName = new HashMap<>();
      layers().forEach(layer -> byName.put(layer.name(), layer));
      Set<String> steps = new HashSet<>();
      for (String name : tensors.names()) {
        Matcher state = STATE.matcher(name);
        if (state.matches() && byName.containsKey(state.group(3))) {
          int step = Integer.parseInt(state.group(2));
          if (step <= (state.group(1).equals("free") ? t : k)) {
            steps.add(state.group(1) + ".t" + step + ".");
          }
        }
      }
      for (String last : List.of("free.t" + t + ".", "nudged.t" + k + ".")) {
        if (!steps.contains(last)) {
          throw new IllegalArgumentException(
              "It says T = " + t + " and K = " + k + ", but has no state " + last + "s0.");
        }
      }
      for (String step : steps) {
        byName.forEach((layer, sizes) -> need(step + layer, batch, sizes.size()));
      }
    }

    private void need(String name, int rows, int columns) {
      if (tensors.names().contains(name)) {
        rows(name, rows, columns);
      } else {
        missing.add(name);
      }
    }

    /** Checks the first dimension of a tensor and how many values each of its rows has. */
    private void rows(String name, int rows, int columns) {
      Shape shape = tensors.shape(name);
      known.add(name);
      if (shape.rank() == 0
          || shape.dimension(0) != rows
          || shape.size() != (long) rows * columns) {
        throw new IllegalArgumentException(
            String.format(
                "Its tensor %s has the shape %s; it must have %d rows of %d values.",
                Visible.brief(name), shape, rows, columns));
      }
    }

    private void finite(String name) {
      for (double value : tensors.doubles(name)) {
        if (!(Math.abs(value) <= Float.MAX_VALUE)) {
          throw new IllegalArgumentException(
              "Its tensor " + name + " has the value " + value + ", which is no finite float.");
        }
      }
    }
  }
}
