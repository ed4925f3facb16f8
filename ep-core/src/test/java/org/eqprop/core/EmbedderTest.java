package org.eqprop.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Evaluator;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.store.Model;
import org.eqprop.core.testing.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who trains, stores and uses a network needs no more than fifteen types. */
class EmbedderTest {
  /** What docs/architecture.md promises to embedders. */
  private static final List<Class<?>> TYPES =
      List.of(
          Activation.class,
          Context.class,
          EnergyBased.class,
          EquilibriumPropagation.class,
          Evaluator.class,
          Model.class,
          Network.class,
          Phases.class,
          Predictor.class,
          Prototypical.class,
          Samples.class,
          Settling.class,
          Sgd.class,
          Totals.class,
          Trainer.class);

  private static final int SIZE = 12;
  private static final int CLASSES = 3;

  @TempDir private Path folder;

  /** The work of an embedder. */
  private static final class Program {
    private static Model train(Samples samples, boolean energyBased) {
      Network network =
          Network.chain(
              energyBased
                  ? new EnergyBased(0.5, true, false)
                  : new Prototypical(1, Prototypical.Nudge.OUTSIDE),
              Activation.SIGMOID4,
              samples.classes(),
              16,
              samples.inputSize());
      network.initialise(1);
      Settling settling = Settling.fast(energyBased, 0.2);
      Phases phases = new Phases(30, 8, 0.2, Phases.Estimate.ONE_SIDED, 1, settling);
      try (Context context = new Context(2)) {
        var learner = new EquilibriumPropagation(network, context, phases, 10);
        var trainer = new Trainer(network, context, learner, new Sgd(0.1, 0.2), samples, 10, 1);
        for (int epoch = 0; epoch < 10; epoch++) {
          trainer.train(epoch, 0, new Totals(), (done, batches, totals) -> true);
        }
        return new Model(network, phases.t(), settling, Map.of());
      }
    }

    private static double error(Model model, Samples samples) {
      try (Context context = new Context(1)) {
        Totals totals = new Totals();
        new Evaluator(model.network(), context, model.steps(), model.settling(), samples)
            .evaluate(totals, (done, batches, sums) -> true);
        return totals.error();
      }
    }

    private static int wrong(Path file, Samples samples) {
      Predictor predictor = Model.read(file).predictor();
      float[] input = new float[samples.inputSize()];
      int wrong = 0;
      for (int i = 0; i < samples.size(); i++) {
        samples.copyInput(i, input, 0);
        wrong += predictor.predict(input, 0) == samples.label(i) ? 0 : 1;
      }
      return wrong;
    }
  }

  @Test
  void trainsStoresAndPredicts() {
    Samples samples = new Blobs(120, SIZE, CLASSES, 5);
    for (boolean energyBased : new boolean[] {false, true}) {
      Model model = Program.train(samples, energyBased);
      Path file = folder.resolve("model.safetensors");
      model.write(file);
      assertThat(Program.wrong(file, samples)).isZero();
      assertThat(Program.error(model, samples)).isZero();
    }
  }

  private static ArchRule onlyNeeds(List<Class<?>> types) {
    DescribedPredicate<JavaClass> known =
        describe(
            "known",
            type ->
                !type.getPackageName().startsWith("org.eqprop")
                    || type.getName().startsWith(Program.class.getName())
                    || types.stream().anyMatch(one -> isOrIsIn(type, one)));
    return classes().should().onlyDependOnClassesThat(known);
  }

  private static boolean isOrIsIn(JavaClass type, Class<?> known) {
    return type.getName().equals(known.getName())
        || type.getName().startsWith(known.getName() + "$");
  }

  @Test
  void needsNoOtherTypes() {
    assertThat(TYPES).hasSizeLessThanOrEqualTo(15);
    JavaClasses program = new ClassFileImporter().importClasses(Program.class);
    List<Class<?>> named = new ArrayList<>(TYPES);
    // what lambdas and arguments are of, which a program does not name
    named.add(org.eqprop.core.learn.Learner.class);
    named.add(org.eqprop.core.learn.Listener.class);
    named.add(org.eqprop.core.learn.Optimizer.class);
    named.add(org.eqprop.core.network.Dynamics.class);
    onlyNeeds(named).check(program);
    for (Class<?> type : TYPES) {
      List<Class<?>> others = new ArrayList<>(named);
      others.remove(type);
      assertThat(onlyNeeds(others).evaluate(program).hasViolation()).as(type.getName()).isTrue();
    }
  }

  @Test
  void allOfThemAreExportedToAll() {
    ModuleDescriptor module = Network.class.getModule().getDescriptor();
    for (Class<?> type : TYPES) {
      assertThat(Modifier.isPublic(type.getModifiers())).as(type.getName()).isTrue();
      assertThat(module.exports())
          .anyMatch(e -> e.source().equals(type.getPackageName()) && !e.isQualified());
    }
    assertThat(module.exports())
        .filteredOn(e -> e.source().contains(".internal."))
        .isNotEmpty()
        .allMatch(ModuleDescriptor.Exports::isQualified);
  }

  @Test
  void theDocsNameThem() throws Exception {
    String text = Files.readString(Path.of("..", "docs", "architecture.md"));
    Matcher section =
        Pattern.compile("### For embedders\\n(.*?)\\n#", Pattern.DOTALL).matcher(text);
    assertThat(section.find()).isTrue();
    String rows = section.group(1).replaceAll("(?m)^[^|].*$", "");
    List<String> found =
        Pattern.compile("`([A-Z]\\w+)`").matcher(rows).results().map(r -> r.group(1)).toList();
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(TYPES.stream().map(Class::getSimpleName).toList());
  }

  /** The example in the docs has the lines of the program above, but for the kind of network. */
  @Test
  void theDocsShowThisProgram() throws Exception {
    String docs = Files.readString(Path.of("..", "docs", "architecture.md"));
    Matcher example = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL).matcher(docs);
    assertThat(example.find()).isTrue();
    String own = Files.readString(Path.of("src/test/java/org/eqprop/core/EmbedderTest.java"));
    String program =
        own.replace("energyBased ? new EnergyBased(0.5, true, false) : ", "")
            .replace("fast(energyBased, 0.2)", "fast(false, 0.2)")
            .replace(
                "return new Model(network, phases.t(), settling, Map.of())",
                "new Model(network, phases.t(), settling, Map.of())");
    String written = example.group(1).replace(".write(Path.of(\"model.safetensors\"))", "");
    assertThat(written.lines().toList()).hasSizeGreaterThan(10);
    assertThat(written.lines().map(String::strip))
        .allSatisfy(line -> assertThat(program).contains(line));
  }
}
