package org.eqprop.examples;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.net.URI;
import java.util.List;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.examples.cli.Ep;
import org.junit.jupiter.api.Test;

/** Packages of all modules need each other one way only. */
final class PackagesTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .importLocations(
              List.of(
                  location(Kernels.class),
                  location(named("org.eqprop.conv.ConvPool")),
                  location(Tape.class),
                  location(Ep.class)));

  private static final ArchRule ONE_WAY =
      slices().matching("org.eqprop.(**)").should().beFreeOfCycles();

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException missing) {
      throw new AssertionError(missing);
    }
  }

  /** The folder or the archive that a class was loaded from. */
  private static Location location(Class<?> type) {
    String name = "/" + type.getName().replace('.', '/') + ".class";
    String found = String.valueOf(type.getResource(name));
    return Location.of(URI.create(found.substring(0, found.length() - name.length() + 1)));
  }

  @Test
  void noPackageNeedsOneThatNeedsIt() {
    assertThat(ALL.contain("org.eqprop.core.kernel.simd.PanelGemm")).isTrue();
    assertThat(ALL.contain("org.eqprop.conv.simd.SimdConvKernels")).isTrue();
    assertThat(ALL.contain("org.eqprop.bptt.replay.ReferenceFile")).isTrue();
    assertThat(ALL.contain("org.eqprop.examples.run.TrainingRun")).isTrue();
    ONE_WAY.check(ALL);
  }

  /** Classes put together by the length of their names need each other both ways. */
  @Test
  void aCircleIsNoticed() {
    SliceAssignment byLength =
        new SliceAssignment() {
          @Override
          public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(String.valueOf(type.getName().length() % 2));
          }

          @Override
          public String getDescription() {
            return "the length of names";
          }
        };
    EvaluationResult found =
        slices().assignedFrom(byLength).should().beFreeOfCycles().evaluate(ALL);
    assertThat(found.hasViolation()).isTrue();
  }
}
