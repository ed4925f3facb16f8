package org.eqprop.core.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which JVMs keep vectors in registers, told by what they say of themselves. */
class SecondCompilerTest {
  private static List<String> words(String options) {
    return List.of(options.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "OpenJDK 64-Bit Server VM,           'mixed mode, sharing',  ''",
    "Java HotSpot(TM) 64-Bit Server VM,  'compiled mode',        -Xcomp",
    "OpenJDK 64-Bit Server VM,           'mixed mode, sharing',  -XX:TieredStopAtLevel=4",
    "OpenJDK 64-Bit Server VM,  mixed mode,  -XX:TieredStopAtLevel=1 -XX:TieredStopAtLevel=4",
    "OpenJDK 64-Bit Server VM,  mixed mode,  -XX:-TieredCompilation -XX:TieredStopAtLevel=2",
    "OpenJDK 64-Bit Server VM,  mixed mode,  -XX:+UseJVMCICompiler -XX:-UseJVMCICompiler",
    "OpenJDK 64-Bit Server VM,  mixed mode,  -Dmine=-XX:TieredStopAtLevel=1 -Xmx1g",
    "OpenJDK 64-Bit Server VM,  mixed mode,  -XX:TieredStopAtLevel=what"
  })
  void withC2(String name, String info, String options) {
    assertThat(SecondCompiler.lack(name, info, words(options))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OpenJDK 64-Bit Server VM,  'interpreted mode, sharing',   '',        only interprets (-Xint)",
    "OpenJDK 64-Bit Server VM,  'mixed mode, emulated-client', '',        (CompilationMode)",
    "OpenJDK 64-Bit Server VM,  mixed mode, -XX:TieredStopAtLevel=0,      (TieredStopAtLevel=0)",
    "OpenJDK 64-Bit Server VM,  mixed mode, -XX:TieredStopAtLevel=3 -Xmx1g, (TieredStopAtLevel=3)",
    "OpenJDK 64-Bit Server VM,  mixed mode, TieredStopAtLevel=2,          (TieredStopAtLevel=2)",
    "OpenJDK 64-Bit Server VM,  mixed mode, -XX:+UseJVMCICompiler,        (UseJVMCICompiler)",
    "OpenJDK Client VM,         mixed mode, '',                           'OpenJDK Client VM'",
    "OpenJDK 64-Bit Zero VM,    interpreted mode, '',                     Zero VM",
    "Eclipse OpenJ9 VM,         JRE 25, '',                               Eclipse OpenJ9 VM"
  })
  void withoutC2(String name, String info, String options, String said) {
    assertThat(SecondCompiler.lack(name, info, words(options)))
        .hasValueSatisfying(
            reason ->
                assertThat(reason).contains(said).endsWith(", so that vectors would be objects"));
  }
}
