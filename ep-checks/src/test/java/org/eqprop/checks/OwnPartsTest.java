package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.eqprop.bptt.learn.BackpropThroughTime;
import org.eqprop.bptt.learn.RecurrentBackprop;
import org.eqprop.core.learn.ContinualPropagation;
import org.eqprop.core.learn.ContrastiveHebbian;
import org.eqprop.core.learn.CoupledLearning;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every connection, cost and learner that is on the path passes, whatever it is. */
final class OwnPartsTest {
  @TestFactory
  Stream<DynamicTest> connections() {
    OwnPartsTest.class.getModule().addUses(Connection.Provider.class);
    List<Connection.Provider> all =
        ServiceLoader.load(Connection.Provider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    assertThat(all).hasSizeGreaterThan(2);
    return all.stream()
        .map(p -> DynamicTest.dynamicTest(p.type(), () -> ConnectionChecks.check(p)));
  }

  @TestFactory
  Stream<DynamicTest> costs() {
    OwnPartsTest.class.getModule().addUses(Cost.Provider.class);
    List<Cost.Provider> all =
        ServiceLoader.load(Cost.Provider.class).stream().map(ServiceLoader.Provider::get).toList();
    assertThat(all).hasSizeGreaterThan(1);
    return all.stream().map(p -> DynamicTest.dynamicTest(p.type(), () -> CostChecks.check(p)));
  }

  @Test
  void equilibriumPropagationPasses() {
    Learner.Provider ep = new EquilibriumPropagation.Provider();
    LearnerChecks.check(ep, new Phases(30, 12, 0.5, Phases.Estimate.ONE_SIDED, 3), 0.3);
    LearnerChecks.check(ep, new Phases(30, 12, 0.5, Phases.Estimate.CENTERED, 3), 0.3);
    // the centered estimate differs by about 5 β²
    Phases close = new Phases(200, 150, 0.02, Phases.Estimate.CENTERED, 3);
    LearnerChecks.checkGradient(ep, close, 0.004);
  }

  @Test
  void backpropThroughTimePasses() {
    Learner.Provider bptt = new BackpropThroughTime.Provider();
    LearnerChecks.check(bptt, new Phases(30, 12, 1, Phases.Estimate.ONE_SIDED, 3), 0.3);
    Phases whole = new Phases(40, 40, 1, Phases.Estimate.ONE_SIDED, 3);
    LearnerChecks.checkGradient(bptt, whole, 1e-5);
  }

  @Test
  void recurrentBackpropPasses() {
    Learner.Provider rbp = new RecurrentBackprop.Provider();
    LearnerChecks.check(rbp, new Phases(30, 12, 1, Phases.Estimate.ONE_SIDED, 3), 0.1);
    Phases whole = new Phases(200, 60, 1, Phases.Estimate.ONE_SIDED, 3);
    LearnerChecks.checkGradient(rbp, whole, 1e-5);
  }

  @Test
  void contrastiveHebbianLearningPasses() {
    Phases phases = new Phases(30, 12, 1, Phases.Estimate.ONE_SIDED, 3);
    LearnerChecks.check(new ContrastiveHebbian(), phases, 0.3);
  }

  @Test
  void coupledLearningPasses() {
    Phases phases = new Phases(30, 12, 0.5, Phases.Estimate.ONE_SIDED, 3);
    LearnerChecks.check(new CoupledLearning(), phases, 0.3);
  }

  @Test
  void continualPropagationPasses() {
    // with weights that change in each step, rates have to be small beside beta
    Phases phases = new Phases(30, 12, 1, Phases.Estimate.ONE_SIDED, 3);
    LearnerChecks.check(new ContinualPropagation.Provider(), phases, 0.1);
  }
}
