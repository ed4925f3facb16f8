package org.eqprop.bptt.snippets;

import java.util.List;
import org.eqprop.bptt.estimate.RbpFixedPoint;
import org.eqprop.bptt.gdu.Comparison;
import org.eqprop.bptt.gdu.Gdu;
import org.eqprop.bptt.learn.BackpropThroughTime;
import org.eqprop.bptt.reference.BackpropSteps;
import org.eqprop.bptt.reference.EquilibriumSteps;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;

/** The code in the pages of the API. {@link SnippetsTest} runs it. */
final class Snippets {
  private Snippets() {}

  static Comparison gdu(Network network, double[] x, double[] y) {
    // @start region="gdu"
    FreePhase free = FreePhase.run(Problem.of(network, x, y), 300, 15); // T = 300, K = 15
    Comparison comparison =
        Gdu.compare(free, 15, 0.001, EquilibriumSteps.Estimate.ONE_SIDED, Gdu.Definition.PAPER);
    comparison.parameters().forEach(p -> System.out.println(p.name() + " " + p.relMse()));
    // @end
    return comparison;
  }

  static double[] reference(Network network, double[] x, double[] y) {
    // @start region="reference"
    Problem problem = Problem.of(network, x, y); // samples × size, row by row
    FreePhase free = FreePhase.run(problem, 300, 15);
    BackpropSteps backprop = new BackpropSteps(free);
    for (int t = 0; t < 15; t++) {
      backprop.advance(); // one step back from s*
    }
    double[] gradient = backprop.parameter(0); // by the first parameter, of that step
    // @end
    return gradient;
  }

  static List<double[]> estimate(FreePhase free) {
    // @start region="estimate"
    List<double[]> gradients = new RbpFixedPoint(free, 1e-12, 1000).gradients();
    // @end
    return gradients;
  }

  static double learn(Network network, Samples samples) {
    // @start region="learn"
    Phases phases = new Phases(30, 10, 1, Phases.Estimate.ONE_SIDED, 1); // β does not matter
    Totals totals = new Totals();
    try (Context context = new Context(1)) {
      var learner = new BackpropThroughTime(network, context, phases, 20);
      var trainer = new Trainer(network, context, learner, new Sgd(0.1, 0.2), samples, 20, 1);
      trainer.train(0, 0, totals, (done, batches, sums) -> true);
    }
    // @end
    return totals.error();
  }

  static double[] tape() {
    // @start region="tape"
    Tape tape = new Tape();
    Node x = tape.leaf(1, 2, 3, 4); // 1 × 2: (3, 4)
    Node square = tape.sum(tape.mul(x, x));
    Node gradient = tape.gradient(square, List.of(x)).get(0);
    double[] values = gradient.value(); // (6, 8)
    // @end
    return values;
  }
}
