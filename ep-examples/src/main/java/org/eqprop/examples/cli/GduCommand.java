package org.eqprop.examples.cli;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eqprop.examples.gdu.GduFigure;
import org.eqprop.examples.gdu.GduNet;
import org.eqprop.examples.gdu.GduSettings;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep gdu}. */
@Command(
    name = "gdu",
    sortOptions = false,
    description = {
      "Compare the updates of equilibrium propagation with the gradients of backprop through time,"
          + " step by step (gradient-descending updates).",
      "docs/gdu.md says what to expect. An option that states no default has the value of NET in"
          + " the convention."
    },
    footer = {
      "",
      "Examples:",
      "  ep gdu toy                         the toy model of figure 2, in seconds",
      "  ep gdu p-1h --convention program   as the authors' program runs it",
      "  ep gdu eb-2h --out gdu             with tables and plots in the folder gdu",
      "  ep gdu p-2h --sweep-beta --estimate centered",
      "  ep gdu p-1h --methods ep,rbp,chl   gradients of several methods",
      "  ep gdu eb-1h --convergence         how each estimate approaches its limit",
      "  ep gdu figure2                     figure 2 of the paper, in seconds",
      "  ep gdu figure3                     figure 3, in minutes",
      "  ep gdu figure4                     figure 4, in minutes",
      "  ep gdu figure3 --seeds 3 --figure-width 178 --font-size 7"
    })
final class GduCommand implements Callable<Integer> {
  private static final List<Double> BETAS = List.of(1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6);

  @Parameters(
      index = "0",
      paramLabel = "NET",
      description =
          "Network: toy, eb-1h, eb-2h, eb-3h, p-1h, p-2h, p-3h or p-conv. Or a figure of the"
              + " paper: figure2 (toy), figure3 (the six fully connected networks) or figure4"
              + " (p-conv).")
  String net = "";

  @Mixin final GduOptions options = new GduOptions();

  @Option(
      names = "--sweep-beta",
      description =
          "Measure the relative error (RelMSE) for several betas, and the power of beta that it"
              + " follows.")
  boolean sweep;

  @Option(
      names = "--betas",
      split = ",",
      paramLabel = "X",
      description = "The betas of a sweep, at least two (default: 0.1,0.01,0.001,1e-4,1e-5,1e-6).")
  @Nullable List<Double> betas;

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "NAME",
      description =
          "Compare the gradients of these methods with BPTT's and with the exact one, parameter by"
              + " parameter (docs/methods.md): ep, bptt, rbp, chl, coupled, continual, rtrl, uoro,"
              + " holomorphic, or a learner of your own. The nudge is inside sigma, as with"
              + " --sweep-beta.")
  @Nullable List<String> methods;

  @Option(
      names = "--convergence",
      description =
          "Measure how estimates approach what they are estimates of: ep with beta and K,"
              + " holomorphic, rbp, continual, coupled, chl, uoro and spiking, or the --methods"
              + " given. The free phase has 2000 steps unless -T says something else.")
  boolean convergence;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write tables and figures (CSV, JSON, SVG, PNG, PDF) into this folder (default: none;"
              + " 'figures' for figure2, figure3 and figure4).")
  @Nullable Path out;

  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final ThreadOptions threads = new ThreadOptions();

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    GduWork work =
        new GduWork(
            net,
            options,
            common,
            threads,
            Objects.requireNonNull(spec).commandLine(),
            out == null && figure().isPresent() ? GduWork.FOLDER : out);
    if (convergence) {
      return convergence(work);
    }
    if (methods != null) {
      return methods(work, methods);
    }
    return sweep || betas != null ? sweep(work) : work.compare(nets());
  }

  private Optional<GduFigure> figure() {
    return GduFigure.named(net);
  }

  private List<GduNet> nets() {
    return figure()
        .map(GduFigure::nets)
        .orElseGet(() -> List.of(GduNet.named(net, GduFigure.names().toArray(String[]::new))));
  }

  private int methods(GduWork work, List<String> names) {
    requireAlone("--methods");
    return work.methods(GduNet.named(net), names);
  }

  private int convergence(GduWork work) {
    requireAlone("--convergence");
    return work.convergence(GduNet.named(net), methods == null ? List.of() : methods);
  }

  /** Refuses an option that is for one network, beside a figure or a sweep. */
  private void requireAlone(String option) {
    if (figure().isPresent()) {
      throw new UsageException(
          option + " needs one network; give its name, such as p-1h, instead of '" + net + "'.");
    }
    if (sweep || betas != null) {
      String other = sweep ? "--sweep-beta" : "--betas";
      throw new UsageException(option + " and " + other + " do not go together; leave one out.");
    }
  }

  private int sweep(GduWork work) {
    if (figure().isPresent()) {
      throw new UsageException(
          "A sweep needs one network; give its name, such as p-1h, instead of '" + net + "'.");
    }
    if (options.model.beta != null) {
      throw new UsageException("A sweep has betas of its own; use --betas instead of --beta.");
    }
    List<Double> falling =
        (betas == null ? BETAS : betas)
            .stream().distinct().sorted(Comparator.reverseOrder()).toList();
    if (falling.size() < 2) {
      throw new UsageException(
          "A sweep needs at least two different betas; give more of them to --betas.");
    }
    falling.forEach(beta -> GduSettings.checkBeta("--betas", beta));
    return work.sweep(GduNet.named(net), falling);
  }
}
