package org.eqprop.core.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the {@link Kernels} of this JVM, once.
 *
 * <p>The system property {@value #PROPERTY} names one: {@code scalar}, {@code simd} (the preferred
 * width), {@code simd-128}, {@code simd-256} or {@code simd-512}. Without it, it is the provider
 * with the highest priority that can run here and has no drawback, such as a JVM without the
 * compiler that keeps vectors in registers. The choice and the reasons for what was refused go to
 * the log {@code org.eqprop.core} in one line, at level DEBUG, or WARNING if a provider with a
 * higher priority was refused.
 */
public final class KernelsSelector {
  /** The system property that names the kernels. */
  public static final String PROPERTY = "eqprop.kernels";

  private static final String SIMD = "simd";

  private KernelsSelector() {}

  /**
   * {@return the kernels of this JVM}
   *
   * @throws IllegalStateException if the ones that {@value #PROPERTY} names are not known or cannot
   *     run here
   */
  public static Kernels kernels() {
    return choice().kernels();
  }

  /**
   * In one line: the kernels chosen, and why others were refused.
   *
   * @return one line
   * @throws IllegalStateException as {@link #kernels()} does
   */
  public static String explanation() {
    return choice().explanation();
  }

  /** {@return the vector width in bits that {@value #PROPERTY} asks for, or 0} */
  public static int requestedBits() {
    return requestedBits(System.getProperty(PROPERTY, ""));
  }

  private static int requestedBits(String name) {
    return switch (name) {
      case "simd-128" -> 128;
      case "simd-256" -> 256;
      case "simd-512" -> 512;
      default -> 0;
    };
  }

  /** All providers on the path, best first. */
  static List<Kernels.Provider> providers() {
    List<Kernels.Provider> all = new ArrayList<>();
    ServiceLoader.load(Kernels.Provider.class, KernelsSelector.class.getClassLoader())
        .forEach(all::add);
    all.sort(
        Comparator.comparingInt(Kernels.Provider::priority)
            .reversed()
            .thenComparing(Kernels.Provider::name));
    return all;
  }

  /** The choice among {@code providers} (best first) for the property's value {@code wanted}. */
  static Choice choose(List<Kernels.Provider> providers, String wanted) {
    boolean width = wanted.startsWith(SIMD + "-");
    if (width && requestedBits(wanted) == 0) {
      throw unknown(providers, wanted);
    }
    String family = width ? SIMD : wanted;
    StringBuilder refused = new StringBuilder();
    boolean known = wanted.isEmpty();
    for (Kernels.Provider provider : providers) {
      if (!family.isEmpty() && !family.equals(provider.name())) {
        continue;
      }
      known = true;
      Optional<String> refusal = provider.refusal();
      if (refusal.isEmpty()) {
        Optional<String> drawback = provider.drawback();
        if (drawback.isEmpty() || !family.isEmpty()) {
          return choice(provider.create(), refused + slow(drawback), family);
        }
        refusal = drawback;
      }
      refused.append("; ").append(provider.name()).append(" refused: ").append(refusal.get());
    }
    if (!known) {
      throw unknown(providers, wanted);
    }
    throw new IllegalStateException("The kernels '" + wanted + "' cannot run here" + refused + ".");
  }

  private static Choice choice(Kernels kernels, String reasons, String asked) {
    String plain = asked.isEmpty() ? ", the best that can run here" : ", as asked for";
    String why = reasons.isEmpty() ? plain : reasons;
    return new Choice(kernels, "Kernels: " + kernels.name() + why + ".", !reasons.isEmpty());
  }

  /** What is said of kernels that were asked for by name. */
  private static String slow(Optional<String> drawback) {
    return drawback.map(reason -> ", as asked for, though slow: " + reason).orElse("");
  }

  private static IllegalStateException unknown(List<Kernels.Provider> providers, String wanted) {
    return new IllegalStateException(
        "There are no kernels '"
            + wanted
            + "' (system property "
            + PROPERTY
            + "); choose one of "
            + providers.stream().map(Kernels.Provider::name).toList()
            + ", simd-128, simd-256 or simd-512.");
  }

  /** The kernels of a JVM and how they came to be chosen. */
  record Choice(Kernels kernels, String explanation, boolean degraded) {}

  private static Choice choice() {
    Attempt attempt = Holder.ATTEMPT;
    if (attempt.choice == null) {
      throw new IllegalStateException(attempt.failure);
    }
    return attempt.choice;
  }

  /** The choice, or why there is none. */
  private record Attempt(@Nullable Choice choice, String failure) {}

  /** Initialised at the first use; a failure is kept, so that each use reports it alike. */
  private static final class Holder {
    static final Attempt ATTEMPT = attempt();

    private static Attempt attempt() {
      try {
        Choice choice = choose(providers(), System.getProperty(PROPERTY, ""));
        System.getLogger("org.eqprop.core")
            .log(
                choice.degraded() ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                choice.explanation());
        return new Attempt(choice, "");
      } catch (IllegalStateException thrown) {
        return new Attempt(null, String.valueOf(thrown.getMessage()));
      }
    }
  }
}
