package org.eqprop.examples.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads damaged files and checks what becomes of each: it is refused by an exception of a stated
 * type with one sentence, or what is read passes the reader's own checks. No other exception, no
 * large allocation, no long wait.
 */
public final class Judge {
  /** Much more than what reading any of the small originals takes. */
  private static final long MOST_ALLOCATED = 64L << 20;

  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Path file;
  private final List<Class<? extends RuntimeException>> refusals;
  private int refused;
  private int accepted;

  /** Reads a file and checks what it holds by assertions. */
  @FunctionalInterface
  public interface Reader {
    /** Reads {@code file}. */
    void read(Path file) throws IOException;
  }

  /**
   * A judge.
   *
   * @param file where mutants are written
   * @param refusals the exceptions that may refuse one
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public Judge(Path file, Class<? extends RuntimeException>... refusals) {
    this.file = file;
    this.refusals = List.of(refusals);
  }

  /** Judges a mutant. */
  public void judge(byte[] mutant, Reader reader) throws IOException {
    Files.write(file, mutant);
    judge(what(mutant), () -> reader.read(file));
  }

  /** An action that reads a file that was written already. */
  @FunctionalInterface
  public interface Action {
    /** Reads and checks. */
    void run() throws IOException;
  }

  /**
   * Judges a mutant that was written already.
   *
   * @param what describes it if it fails
   */
  public void judge(String what, Action action) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    try {
      action.run();
      accepted++;
    } catch (RuntimeException thrown) {
      refused++;
      assertOneSentence(what, thrown);
    } catch (IOException | Error thrown) {
      throw new AssertionError("Not refused properly: " + what, thrown);
    }
    assertThat(System.nanoTime() - start).as("time of " + what).isLessThan(MOST_NANOS);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .as("allocated by " + what)
        .isLessThan(MOST_ALLOCATED);
  }

  private void assertOneSentence(String what, RuntimeException thrown) {
    if (refusals.stream().noneMatch(type -> type.isInstance(thrown))) {
      throw new AssertionError("Refused by another exception: " + what, thrown);
    }
    assertThat(String.valueOf(thrown.getMessage()))
        .as("message for " + what)
        .matches("\\P{Cntrl}+[.?]")
        .doesNotContain("Exception", "java.", "org.eqprop", "fasterxml", "Index ", "No enum")
        .doesNotContain("For input string", "overflow", "Cannot invoke", "LinkedHashMap");
  }

  private static String what(byte[] mutant) {
    String text = new String(mutant, java.nio.charset.StandardCharsets.UTF_8);
    boolean readable = text.chars().allMatch(c -> c >= ' ' || c == '\n') && mutant.length < 4000;
    return readable
        ? text
        : "…" + HexFormat.of().formatHex(mutant, 0, Math.min(mutant.length, 1500));
  }

  /** How many were refused. */
  public int refused() {
    return refused;
  }

  /** How many were read. */
  public int accepted() {
    return accepted;
  }
}
