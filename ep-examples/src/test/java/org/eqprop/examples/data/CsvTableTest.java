package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.eqprop.core.DataException;
import org.eqprop.examples.mutation.Judge;
import org.eqprop.examples.mutation.Mutator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of numbers with a column of labels. */
class CsvTableTest {
  private static final int MUTANTS = 300;

  private static final List<String> ROWS =
      List.of("cat 1.0 2.5", "dog -3.0 0.004", "cat 0.0 7.0", "a, b -1.5 100000.0");

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,2.5,cat\n-3,4e-3,dog\n0,7,cat\n-1.5,1E5,\"a, b\"\n",
        "x,y,kind\r\n1,2.5,cat\r\n-3,.004,dog\r\n+0,7.,cat\r\n-1.5,100000,\"a, b\"",
        "\uFEFFx;y;kind\n1;2.5;cat\n\n-3;0.004;dog\n0;7;cat\n-1.5;1e+5;a, b\n",
        "1\t2.5\tcat\n-3\t0.004\tdog\n0\t 7 \t cat \n-1.5\t1e5\t\"a, b\"\n"
      })
  void rowsAreReadAsTheyAreWritten(String text) throws IOException {
    Path file = write("rows.csv", text);

    TrainTest both = find(file, "").parts();

    assertThat(SetValues.all(both)).containsExactlyInAnyOrderElementsOf(ROWS);
    assertThat(both.train().shape()).hasToString("1x1x2");
    assertThat(both.train().classLabels()).hasToString("a, b, cat, dog");
  }

  @ParameterizedTest
  @CsvSource({"kind, true", "1, true", "1, false"})
  void theColumnOfLabelsIsNamedOrNumbered(String column, boolean header) throws IOException {
    String rows = "5.0,1,2\n7,3,4\n5,5,6\n";
    Path file = write("rows.csv", header ? "kind,x,y\n" + rows : rows);

    TrainTest both = find(file, column).parts();

    assertThat(SetValues.all(both))
        .containsExactlyInAnyOrder("5 1.0 2.0", "7 3.0 4.0", "5 5.0 6.0");
    assertThat(both.train().classLabels()).hasToString("5 7");
  }

  @Test
  void gzippedAndInTwoParts() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write("1,2,a\n3,4,b\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(root.resolve("train.csv.gz"), packed.toByteArray());
    write("test.csv", "5,6,c\n");

    FoundData found = find(root, "");

    assertThat(SetValues.all(found.parts())).containsExactly("a 1.0 2.0", "b 3.0 4.0", "c 5.0 6.0");
    assertThat(found.remarks())
        .containsExactly("Some classes of " + root + " are in the test part only.");
    assertThat(found.identity().parts()).containsOnlyKeys("training table", "test table");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2,a;;3,b | line 2 has 2 fields, but the first row has 3; mend the file.",
        "x,y,c;;1,2,a;;1,,a | line 3 has no number in column 2 (y); mend the file.",
        "1,2,a;;1,two,a | line 2 has two in column 2, which is no number; mend the file.",
        "1,2,a;;1,NaN,a | line 2 has NaN in column 2, which is no number; mend the file.",
        "1,2,a;;1,1e39,a | line 2 has 1e39 in column 2, which is too large; mend the file.",
        "1,2,a;;1,2, | line 2 has no label; mend the file.",
        "label,x,y;;1,2,3;;1,2,3 | the labels may be in the column label or in the last, y; give"
            + " --label-column label, or the name of another column.",
        "1;;2 | line 1 has one field, but a label and at least one number are needed; mend the"
            + " file.",
        "1,2,a | there is only one sample; give more, for a test part.",
        "x,y,c | there are no samples; give data that has some."
      })
  void mistakesAreNamedWithTheirPlace(String rows, String sentence) throws IOException {
    Path file = write("rows.csv", rows.replace(";;", "\n"));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> find(file, ""))
        .withMessage(file + ": " + sentence);
  }

  @Test
  void aColumnThatIsNotThereIsRefused() throws IOException {
    Path file = write("rows.csv", "x,y,c\n1,2,a\n3,4,b\n");
    for (String column : List.of("z", "4", "0", "-1")) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> find(file, column))
          .withMessage(
              file
                  + ": there is no column "
                  + column
                  + "; give --label-column a name of the first row, or a number from 1 to 3.");
    }
    Files.write(file, new byte[] {'1', ',', (byte) 0xFF, '\n'});
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> find(file, ""))
        .withMessage(file + ": its text is not in UTF-8; save it as CSV in UTF-8.");
  }

  /** CSV has no checksum: a mutant that is read has rows of one length, of finite numbers. */
  @Test
  void mutants() throws IOException {
    StringBuilder text = new StringBuilder("a,b,kind\n");
    for (int i = 0; i < 12; i++) {
      text.append(i * 0.5).append(',').append(-i).append(i % 2 == 0 ? ",\"cat\"\n" : ",dog\n");
    }
    Path file = root.resolve("rows.csv");
    byte[] original = text.toString().getBytes(StandardCharsets.UTF_8);
    Mutator mutator = new Mutator(51);
    Judge judge = new Judge(file, DataException.class);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant =
          i % 2 == 0
              ? mutator.bytes(original)
              : mutator.text(text.toString()).getBytes(StandardCharsets.UTF_8);
      judge.judge(
          mutant,
          path -> {
            TrainTest both = find(path, "").parts();
            List<String> rows = SetValues.all(both);
            List<String> lines = Files.readString(path).lines().filter(l -> !l.isEmpty()).toList();
            assertThat(rows.size()).isBetween(2, lines.size());
            for (Dataset part : List.of(both.train(), both.test())) {
              for (int k = 0; k < part.size(); k++) {
                for (float value : SetValues.of(part, k)) {
                  assertThat(value).isFinite();
                }
              }
            }
          });
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 4);
    assertThat(judge.accepted()).isGreaterThan(MUTANTS / 20);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(root.resolve(name), text);
  }

  private static FoundData find(Path file, String labelColumn) {
    ReadOptions options = new ReadOptions(0.3, true, 1, 0, labelColumn, false);
    return new Datasets().find(file.toString(), null, options);
  }
}
