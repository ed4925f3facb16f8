package org.eqprop.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Packages of this module and of those that it measures need each other one way only. */
class PackagesTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.eqprop");

  /** What is measured does not know that it is. */
  private static final ArchRule NOTHING_KNOWS_THE_BENCHMARKS =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.eqprop.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eqprop.bench..");

  @Test
  void noPackageNeedsOneThatNeedsIt() {
    assertThat(ALL.contain("org.eqprop.bench.run.Suite")).isTrue();
    assertThat(ALL.contain("org.eqprop.bptt.tape.Tape")).isTrue();
    assertThat(ALL.contain("org.eqprop.conv.simd.SimdConvKernels")).isTrue();
    assertThat(ALL.contain("org.eqprop.core.kernel.simd.PanelGemm")).isTrue();
    slices().matching("org.eqprop.(**)").should().beFreeOfCycles().check(ALL);
    NOTHING_KNOWS_THE_BENCHMARKS.check(ALL);
  }

  /** The rule, turned around. */
  @Test
  void whatIsForbiddenIsNoticed() {
    ArchRule turned =
        noClasses()
            .that()
            .resideInAPackage("org.eqprop.bench..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackage("org.eqprop.bench..");
    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> turned.check(ALL));
  }
}
