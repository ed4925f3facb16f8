package org.eqprop.conv;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.conv.internal.ConvKernelsSelector;
import org.junit.jupiter.api.Test;

/** The rules of ep-core hold here too, and this module knows no other than that. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.eqprop.conv");

  private static final ArchRule VECTORS_STAY_IN_SIMD =
      noClasses()
          .that()
          .resideOutsideOfPackage("..simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  private static final ArchRule NO_VECTOR_IN_A_FIELD =
      noFields()
          .should()
          .haveRawType(JavaClass.Predicates.assignableTo(Vector.class))
          .orShould()
          .haveRawType(FloatVector[].class);

  private static final ArchRule SPECIES_ARE_CONSTANTS =
      fields().that().haveRawType(VectorSpecies.class).should().beStatic().andShould().beFinal();

  private static final ArchRule NO_STATIC_MUTABLE_STATE =
      fields().that().areStatic().should().beFinal();

  @Test
  void theClassesAreThere() {
    assertThat(MAIN.contain(ConvPool.class)).isTrue();
    assertThat(MAIN.contain("org.eqprop.conv.simd.SimdConvKernels")).isTrue();
    assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
  }

  @Test
  void vectorsStayInSimdAndInNoField() {
    VECTORS_STAY_IN_SIMD.check(MAIN);
    NO_VECTOR_IN_A_FIELD.check(MAIN);
    SPECIES_ARE_CONSTANTS.check(MAIN);
  }

  @Test
  void thereIsNoStaticMutableStateAndNoThreadLocal() {
    NO_STATIC_MUTABLE_STATE.check(MAIN);
    noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(MAIN);
  }

  @Test
  void theModuleKnowsTheJdkAndTheCoreOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..",
            "jdk.incubator.vector..",
            "org.jspecify..",
            "org.eqprop.core..",
            "org.eqprop.conv..")
        .check(MAIN);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eqprop.core..simd..")
        .check(MAIN);
  }

  @Test
  void onlyTheOperatorsNameTheirVectorForm() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.eqprop.conv.simd")
        .and()
        .doNotHaveFullyQualifiedName(ConvKernelsSelector.class.getName() + "$Simd")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eqprop.conv.simd")
        .check(MAIN);
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
        new ArchRule[] {
          VECTORS_STAY_IN_SIMD, NO_VECTOR_IN_A_FIELD, SPECIES_ARE_CONSTANTS, NO_STATIC_MUTABLE_STATE
        }) {
      assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> rule.check(forbidden));
    }
  }
}
