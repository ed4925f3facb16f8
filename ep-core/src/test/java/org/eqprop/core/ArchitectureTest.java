package org.eqprop.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {
  private static final String ROOT = "org.eqprop.core.";
  private static final String VECTOR_API = "jdk.incubator.vector";

  private static final JavaClasses MAIN = mainClasses();

  private static final ArchRule VECTORS_STAY_IN_SIMD =
      noClasses()
          .that()
          .resideOutsideOfPackage("..simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(VECTOR_API + "..");

  private static final ArchRule NO_VECTOR_IN_A_FIELD =
      noFields().should().haveRawType(vectorApi("Vector", "Mask", "Shuffle"));

  private static final ArchRule SPECIES_ARE_CONSTANTS =
      fields()
          .that()
          .haveRawType(vectorApi("VectorSpecies"))
          .should()
          .beStatic()
          .andShould()
          .beFinal();

  /** Types of the Vector API, or arrays of them, whose names end so. */
  private static DescribedPredicate<JavaClass> vectorApi(String... endings) {
    return describe(
        "a type of the Vector API named *" + String.join(", *", endings),
        type ->
            type.getBaseComponentType().getPackageName().equals(VECTOR_API)
                && Stream.of(endings)
                    .anyMatch(type.getBaseComponentType().getSimpleName()::endsWith));
  }

  private static JavaClasses mainClasses() {
    String name = "/" + Kernels.class.getName().replace('.', '/') + ".class";
    Path path = Path.of(URI.create(Kernels.class.getResource(name).toString()));
    for (int i = 1; i < name.split("/", -1).length; i++) {
      path = path.getParent();
    }
    return new ClassFileImporter().importPath(path);
  }

  @Test
  void theClassesAreThere() {
    assertThat(MAIN.contain(Kernels.class)).isTrue();
    assertThat(MAIN.contain(ROOT + "kernel.simd.PanelGemm")).isTrue();
    assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
  }

  @Test
  void onlySimdPackagesUseTheVectorApi() {
    VECTORS_STAY_IN_SIMD.check(MAIN);
  }

  @Test
  void noVectorIsKeptInAField() {
    NO_VECTOR_IN_A_FIELD.check(MAIN);
  }

  @Test
  void speciesAreConstants() {
    SPECIES_ARE_CONSTANTS.check(MAIN);
  }

  @ParameterizedTest
  @CsvSource({
    "tensor,           ''",
    "internal.machine, ''",
    "internal.event,   ''",
    "internal.idx,     internal.file",
    "internal.file,    ''",
    "preset,           tensor kernel network learn",
    "data,             internal.idx learn",
    "train,            tensor internal.event kernel network settle learn preset store",
    "kernel,           tensor internal.machine",
    "kernel.simd,      tensor internal.machine kernel",
    "network,          tensor internal.machine kernel",
    "cost,             tensor kernel network",
    "settle,           tensor internal.machine kernel network",
    "internal.probe,   kernel settle",
    "learn,            tensor internal.machine internal.event kernel network settle",
    "store,            tensor internal.file kernel network settle learn"
  })
  void dependenciesPointOneWay(String from, String to) {
    String[] allowed =
        Stream.concat(Stream.of(from), Stream.of(to.split(" ")).filter(name -> !name.isEmpty()))
            .map(name -> ROOT + name)
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> others =
        describe(
            "other packages of this module",
            type ->
                type.getPackageName().startsWith(ROOT)
                    && Stream.of(allowed).noneMatch(type.getPackageName()::equals));
    noClasses()
        .that()
        .resideInAPackage(ROOT + from)
        .should()
        .dependOnClassesThat(others)
        .check(MAIN);
  }

  @Test
  void theRootKnowsNoPackage() {
    noClasses()
        .that()
        .resideInAPackage("org.eqprop.core")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eqprop.core.*..")
        .check(MAIN);
  }

  @Test
  void everyPackageHasItsDirection() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.of(
                    "",
                    ".tensor",
                    ".kernel",
                    ".kernel.simd",
                    ".network",
                    ".cost",
                    ".preset",
                    ".data",
                    ".train",
                    ".settle",
                    ".learn",
                    ".store",
                    ".internal.file",
                    ".internal.machine",
                    ".internal.event",
                    ".internal.idx",
                    ".internal.probe")
                .map(name -> "org.eqprop.core" + name)
                .toArray(String[]::new))
        .check(new ClassFileImporter().importPath(root()));
  }

  private static Path root() {
    return Path.of(URI.create(MAIN.get(Kernels.class).getSource().get().getUri().toString()))
        .getParent()
        .getParent();
  }

  @Test
  void thereIsNoStaticMutableStateAndNoThreadLocal() {
    fields().that().areStatic().should().beFinal().check(MAIN);
    noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(MAIN);
  }

  /** What the rules forbid. */
  @SuppressWarnings("unused")
  private static final class Forbidden {
    private static VectorSpecies<Float> species = FloatVector.SPECIES_128;
    private FloatVector[] vectors = {FloatVector.zero(species)};
  }

  @Test
  void theRulesCatchWhatTheyForbid() {
    JavaClasses forbidden = new ClassFileImporter().importClasses(Forbidden.class);
    for (ArchRule rule :
        new ArchRule[] {VECTORS_STAY_IN_SIMD, NO_VECTOR_IN_A_FIELD, SPECIES_ARE_CONSTANTS}) {
      assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> rule.check(forbidden));
    }
  }
}
