package org.eqprop.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Single-precision matrix products by a BLAS library of this machine, on one thread, through the
 * foreign-function API.
 *
 * <p>The system property {@value #PROPERTY} names the library, as a file or as the loader knows it;
 * without it the usual names of OpenBLAS and of the reference library are tried. Symbols may have
 * the prefix and suffix that the builds for Python give them; the suffix {@code 64_} stands for
 * sizes of 64 bits.
 */
@SuppressWarnings("restricted") // calls native code, which is what it is for
public final class Blas {
  /** The system property that names the library. */
  public static final String PROPERTY = "eqprop.blas";

  private static final List<String> NAMES =
      List.of(
          "libopenblas.so.0",
          "libopenblas.so",
          "libopenblas.dylib",
          "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
          "libcblas.so.3",
          "libblas.so.3",
          "libopenblas.dll");

  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;

  private final String library;
  private final MethodHandle sgemm;
  private final boolean wide;

  private Blas(String library, MethodHandle sgemm, boolean wide) {
    this.library = library;
    this.sgemm = sgemm;
    this.wide = wide;
  }

  /**
   * The library, loaded until {@code arena} is closed.
   *
   * @throws IllegalStateException in one sentence, if there is none
   */
  public static Blas open(Arena arena) {
    String named = System.getProperty(PROPERTY, "");
    for (String name : named.isEmpty() ? NAMES : List.of(named)) {
      Optional<Blas> found = lookup(name, arena).flatMap(symbols -> link(name, symbols));
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalStateException(
        named.isEmpty()
            ? "No BLAS library was found; install OpenBLAS, or name its file."
            : "'" + named + "' is no library with cblas_sgemm.");
  }

  private static Optional<SymbolLookup> lookup(String name, Arena arena) {
    try {
      return Optional.of(
          name.contains("/")
              ? SymbolLookup.libraryLookup(Path.of(name), arena)
              : SymbolLookup.libraryLookup(name, arena));
    } catch (IllegalArgumentException notThere) {
      return Optional.empty();
    }
  }

  private static Optional<Blas> link(String name, SymbolLookup symbols) {
    for (String prefix : List.of("", "scipy_")) {
      for (String suffix : List.of("", "64_")) {
        Optional<MemorySegment> sgemm = symbols.find(prefix + "cblas_sgemm" + suffix);
        if (sgemm.isPresent()) {
          symbols.find(prefix + "openblas_set_num_threads" + suffix).ifPresent(Blas::useOneThread);
          boolean wide = !suffix.isEmpty();
          return Optional.of(new Blas(name, handle(sgemm.get(), wide), wide));
        }
      }
    }
    return Optional.empty();
  }

  private static MethodHandle handle(MemorySegment symbol, boolean wide) {
    MemoryLayout size = wide ? ValueLayout.JAVA_LONG : ValueLayout.JAVA_INT;
    MemoryLayout flag = ValueLayout.JAVA_INT;
    MemoryLayout scale = ValueLayout.JAVA_FLOAT;
    MemoryLayout matrix = ValueLayout.ADDRESS;
    return Linker.nativeLinker()
        .downcallHandle(
            symbol,
            FunctionDescriptor.ofVoid(
                flag, flag, flag, size, size, size, scale, matrix, size, matrix, size, scale,
                matrix, size));
  }

  private static void useOneThread(MemorySegment symbol) {
    MethodHandle set =
        Linker.nativeLinker()
            .downcallHandle(symbol, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    try {
      set.invokeExact(1);
    } catch (Throwable thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  /** The name under which the library was found. */
  public String library() {
    return library;
  }

  /** C = A·B, all row-major and without gaps: {@code m × k}, {@code k × n} and {@code m × n}. */
  public void multiply(MemorySegment a, MemorySegment b, MemorySegment c, int m, int k, int n) {
    try {
      if (wide) {
        sgemm.invokeExact(
            ROW_MAJOR,
            NO_TRANSPOSE,
            NO_TRANSPOSE,
            (long) m,
            (long) n,
            (long) k,
            1f,
            a,
            (long) k,
            b,
            (long) n,
            0f,
            c,
            (long) n);
      } else {
        sgemm.invokeExact(ROW_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, m, n, k, 1f, a, k, b, n, 0f, c, n);
      }
    } catch (Throwable thrown) {
      throw new IllegalStateException(thrown);
    }
  }
}
