package org.eqprop.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Model;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.exchange.Content;
import org.eqprop.examples.exchange.NamedArray;
import org.eqprop.examples.exchange.SampleArrays;
import org.eqprop.examples.run.BatchGradient;
import org.eqprop.examples.run.DatasetSamples;
import org.eqprop.examples.run.RunRecord;
import org.eqprop.examples.run.UsageException;

/**
 * The arrays of a model that were asked for.
 *
 * @param given what the user named the model by
 * @param steps T
 */
record ArrayChoice(SampleOptions options, Path given, Model model, int steps, Context context) {
  List<NamedArray> of(List<Content> wanted) {
    if (wanted.stream().noneMatch(Content::needsSamples)) {
      if (options.areGiven()) {
        throw new UsageException(
            "Weights are of no samples; leave out --samples, --part, --data and --method, or give"
                + " --what.");
      }
      return weights();
    }
    Dataset samples = options.find(model);
    SampleArrays settled = new SampleArrays(model, steps, context.kernels(), samples);
    List<NamedArray> arrays = new ArrayList<>();
    for (Content content : wanted) {
      switch (content) {
        case WEIGHTS -> arrays.addAll(weights());
        case GRADIENTS -> arrays.addAll(gradients(samples));
        default -> arrays.addAll(settled.of(content));
      }
    }
    return arrays;
  }

  private List<NamedArray> weights() {
    return model.network().parameters().stream()
        .map(p -> NamedArray.of(p.name(), p.shape(), p.write()))
        .toList();
  }

  private List<NamedArray> gradients(Dataset samples) {
    Path folder = Files.isDirectory(given) ? given : given.toAbsolutePath().getParent();
    RunRecord run = folder == null ? null : RunRecord.read(folder);
    if (run == null) {
      throw new UsageException(
          "A gradient needs beta and K, which a run has and a model does not; give the folder of"
              + " a run in place of "
              + given
              + ".");
    }
    String method = options.method == null ? "" : options.method;
    List<NamedArray> arrays = new ArrayList<>();
    BatchGradient.of(run.config(), method, model, context, new DatasetSamples(samples))
        .forEach(
            (parameter, values) ->
                arrays.add(
                    NamedArray.of("gradient." + parameter.name(), parameter.shape(), values)));
    return arrays;
  }
}
