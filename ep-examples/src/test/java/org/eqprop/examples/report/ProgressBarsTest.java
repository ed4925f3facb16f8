package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eqprop.examples.data.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarsTest {
  private static final long MILLI = 1_000_000;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong nanoTime = new AtomicLong(-5 * MILLI);

  private ProgressBars bars(boolean shown) {
    return new ProgressBars(shown, err, 80, nanoTime::get);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Waits for the drawing thread. */
  private void awaitPrinted(String text) throws InterruptedException {
    for (int i = 0; i < 500 && !printed().contains(text); i++) {
      Thread.sleep(10);
    }
    assertThat(printed()).contains(text);
  }

  private static void use(ProgressBars bars) {
    try (Bar bar = bars.start("epoch 1/2", 0, 100, Unit.SAMPLES)) {
      bar.update(50);
      bar.remark("error 2 %");
      bar.println("a note");
    }
    Progress downloads = bars.downloads();
    downloads.start("file", 1000);
    downloads.advance(10);
    downloads.done();
  }

  @Test
  void printsNothingWhereItIsNotShown() {
    use(bars(false));
    assertThat(printed()).isEmpty();
  }

  @Test
  void neverMeansNever() {
    PrintStream before = System.err;
    System.setErr(err);
    try {
      use(ProgressBars.onStandardError(ProgressBars.Show.NEVER));
    } finally {
      System.setErr(before);
    }
    assertThat(printed()).isEmpty();
  }

  @Test
  void onlyOneUpdateInHundredMillisecondsReachesTheBar() throws InterruptedException {
    try (Bar bar = bars(true).start("epoch 1/2", 0, 100, Unit.SAMPLES)) {
      // the library takes an update that comes while it draws as drawn
      awaitPrinted("0/100");
      Thread.sleep(50);
      bar.update(10);
      awaitPrinted("10/100");
      nanoTime.addAndGet(99 * MILLI);
      bar.update(20);
      Thread.sleep(450);
      assertThat(printed()).doesNotContain("20/100");
      nanoTime.addAndGet(MILLI);
      bar.update(30);
      awaitPrinted("30/100");
      awaitPrinted("samples/s  ETA ");
    }
  }

  @Test
  void closingErasesTheLine() throws InterruptedException {
    Bar bar = bars(true).start("epoch 1/2", 40, 100, Unit.STEPS);
    awaitPrinted("epoch 1/2  40% [");
    bar.close();
    int length = printed().length();
    assertThat(printed()).endsWith(" \r");
    Thread.sleep(300);
    assertThat(printed()).hasSize(length);
  }

  @Test
  void noteStandsOnItsOwnLine() throws InterruptedException {
    try (Bar bar = bars(true).start("epoch 1/2", 0, 100, Unit.STEPS)) {
      awaitPrinted("0/100");
      bar.println("a note");
      assertThat(printed()).contains(" \ra note" + System.lineSeparator());
    }
  }

  /** What a terminal shows at the end of what was printed: its lines, without spaces at the end. */
  private static List<String> screen(String printed) {
    List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    int row = 0;
    int column = 0;
    for (int i = 0; i < printed.length(); i++) {
      char c = printed.charAt(i);
      if (printed.startsWith("\u001b[A", i)) {
        row--;
        i += 2;
      } else if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        row++;
        column = 0;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      } else {
        StringBuilder line = lines.get(row);
        line.append(" ".repeat(Math.max(0, column + 1 - line.length())));
        line.setCharAt(column++, c);
      }
    }
    return lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  @Test
  void aLineForTheWholeStandsAboveTheBarAndGoesWithIt() throws InterruptedException {
    StatusLine line = new StatusLine(err, 20);
    line.show("bar");
    line.head("a whole that is longer than the line");
    line.show("bar 1");
    assertThat(screen(printed())).containsExactly("a whole that is lon", "bar 1");
    line.head("whole 1");
    line.show("b");
    assertThat(screen(printed())).containsExactly("whole 1", "b");
    line.above("a note");
    line.show("bar 3");
    assertThat(screen(printed())).containsExactly("a note", "whole 1", "bar 3");
    line.head("");
    line.show("bar 4");
    assertThat(screen(printed())).containsExactly("a note", "bar 4", "");
    line.head("whole 2");
    line.show("bar 5");
    line.close();
    line.show("late");
    assertThat(screen(printed())).containsExactly("a note", "", "");
  }

  @Test
  void linesFitTheTerminal() throws InterruptedException {
    ProgressBars narrow = new ProgressBars(true, err, 30, nanoTime::get);
    try (Bar bar = narrow.start("a task of many, many words to say", 0, 100, Unit.STEPS)) {
      bar.update(1);
      awaitPrinted("a task");
    }
    assertThat(printed().split("\r")).allSatisfy(line -> assertThat(line).hasSizeLessThan(30));
  }

  /** Words give way to the bar: first the rate, then the count, then the remark. */
  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 200})
  void theBarSurvives(int columns) throws InterruptedException {
    ProgressBars some = new ProgressBars(true, err, columns, nanoTime::get);
    try (Bar bar = some.start("p-1h", 0, 60_000L * 30, Unit.SAMPLES)) {
      bar.remark("epoch 12/30");
      Thread.sleep(600);
      nanoTime.addAndGet(200 * MILLI);
      bar.update(660_000);
      awaitPrinted("36% [===");
      awaitPrinted("ETA");
      if (columns >= 60) {
        awaitPrinted("epoch 12/30");
      }
    }
    assertThat(printed().split("\r")).allSatisfy(line -> assertThat(line).hasSizeLessThan(columns));
  }

  @Test
  void bytesAreMegabytes() throws InterruptedException {
    Progress downloads = bars(true).downloads();
    downloads.start("train-images", 9_912_422);
    downloads.advance(1_000_000);
    awaitPrinted("1.0/9.9");
    downloads.done();
  }
}
