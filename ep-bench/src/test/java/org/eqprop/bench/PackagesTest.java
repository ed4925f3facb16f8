package org.eqprop.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

  /** What javac's lint "exports" would say of our own types. */
  @Test
  void publicSignaturesNameExportedTypesOnly() {
    Set<String> exported = exportedPackages();
    assertThat(exported).contains("org.eqprop.core.learn", "org.eqprop.bptt.estimate");
    assertThat(exported)
        .doesNotContain("org.eqprop.core.kernel.simd", "org.eqprop.core.internal.file");
    assertThat(hidden(exported)).isEmpty();
    exported.remove("org.eqprop.core.tensor");
    assertThat(hidden(exported)).as("the control").isNotEmpty();
  }

  /** The packages that the modules export to everybody. */
  private static Set<String> exportedPackages() {
    Set<String> exported = new HashSet<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.matches(".*[/\\\\]ep-(core|conv|bptt)[/\\\\].*")) {
        ModuleFinder.of(Path.of(entry)).findAll().stream()
            .flatMap(module -> module.descriptor().exports().stream())
            .filter(exports -> !exports.isQualified())
            .forEach(exports -> exported.add(exports.source()));
      }
    }
    return exported;
  }

  /** Public methods and constructors of exported packages with types of ours that are not. */
  private static List<String> hidden(Set<String> exported) {
    List<String> found = new ArrayList<>();
    for (JavaClass type : ALL) {
      boolean open = type.getModifiers().contains(JavaModifier.PUBLIC);
      if (!open || !exported.contains(type.getPackageName())) {
        continue;
      }
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        Set<JavaModifier> modifiers = unit.getModifiers();
        if (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED)) {
          Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
              .map(JavaClass::getBaseComponentType)
              .map(JavaClass::getPackageName)
              .filter(name -> name.startsWith("org.eqprop.") && !exported.contains(name))
              .forEach(name -> found.add(unit.getFullName() + " has a type of " + name));
        }
      }
    }
    return found;
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
