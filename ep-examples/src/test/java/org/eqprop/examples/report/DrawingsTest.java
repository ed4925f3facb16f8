package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eqprop.core.internal.file.Visible;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every step of drawing with every kind of failure. */
public class DrawingsTest {
  @TempDir private Path folder;
  private final List<String> complaints = new ArrayList<>();

  /** What drawing consists of. */
  enum Step {
    MAKE(0),
    SVG(2),
    PNG(2),
    PDF(2);

    private final int written;

    Step(int written) {
      this.written = written;
    }
  }

  /** What a JDK throws where fonts, libraries, memory or the JVM's time run out. */
  public static List<Throwable> failures() {
    return List.of(
        new IllegalStateException("Shutdown in progress"),
        new NullPointerException(),
        new UncheckedFailure(),
        new Error("Probable fatal error: no fonts found."),
        new InternalError("Fontconfig head is null"),
        new UnsatisfiedLinkError("libfreetype.so.6: cannot open shared object file"),
        new NoClassDefFoundError("Could not initialize class sun.font.SunFontManager"),
        new ExceptionInInitializerError(new IllegalStateException("no fonts")),
        new StackOverflowError(),
        new OutOfMemoryError("Java heap space"));
  }

  private static final class UncheckedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UncheckedFailure() {
      super("two\nlines and \u001b[31m");
    }
  }

  /** Throws anything. */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public static <T> T raise(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  static Stream<Arguments> cases() {
    return Stream.of(Step.values())
        .flatMap(step -> failures().stream().map(thrown -> Arguments.of(step, thrown)));
  }

  private static Figure chart() {
    double[] x = {1, 2};
    return Chart.of("", Axis.linear("x"), Axis.linear("y"), List.of(Series.of("a", x, x)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noFailureComesOut(Step step, Throwable thrown) throws Exception {
    Supplier<Figure> figure = step == Step.MAKE ? () -> raise(thrown) : DrawingsTest::chart;
    Drawings drawings =
        new Drawings(
            complaints::add,
            (made, format, file) ->
                format.name().equals(step.name()) ? raise(thrown) : new byte[] {1});
    for (int time = 0; time < 3; time++) {
      assertThat(drawings.write(folder, "a", figure)).hasSize(step.written);
    }
    assertThat(complaints).hasSize(1);
    assertThat(complaints.getFirst())
        .matches("Cannot draw .*/a\\.(svg|png|pdf) \\(.+\\)\\.")
        .isEqualTo(Visible.line(complaints.getFirst()));
    assertThat(drawings.isWritten()).isTrue();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(step.written);
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aPageGoesOnWithoutItsPicture(Throwable thrown) {
    Drawings drawings = new Drawings(complaints::add, (figure, format, file) -> raise(thrown));
    assertThat(drawings.svg(folder.resolve("page.html"), DrawingsTest::chart)).isNull();
    assertThat(complaints).hasSize(1);
    assertThat(new Drawings(complaints::add).svg(folder, DrawingsTest::chart)).contains("<svg");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void fontsThatFailInAnyWayAreToldOf(Throwable thrown) {
    assertThatThrownBy(() -> Fonts.require(Path.of("a.svg"), () -> raise(thrown)))
        .isInstanceOf(FigureException.class)
        .hasMessageStartingWith("Cannot draw a.svg")
        .hasMessageContaining(thrown instanceof OutOfMemoryError ? "memory" : "install fontconfig");
  }

  @Test
  void everyFileThatCannotBeWrittenIsTold() {
    Drawings drawings = new Drawings(complaints::add);
    assertThat(drawings.write(folder.resolve("none"), "a", DrawingsTest::chart)).isEmpty();
    assertThat(complaints).hasSize(3).allMatch(text -> text.startsWith("Cannot write "));
    assertThat(drawings.isWritten()).isFalse();
  }

  @Test
  void allFilesAreWritten() {
    Drawings drawings = new Drawings(complaints::add);
    assertThat(drawings.write(folder, "a", DrawingsTest::chart))
        .containsExactly(folder.resolve("a.svg"), folder.resolve("a.png"), folder.resolve("a.pdf"));
    assertThat(folder.resolve("a.svg")).content().contains("</svg");
    assertThat(complaints).isEmpty();
  }
}
