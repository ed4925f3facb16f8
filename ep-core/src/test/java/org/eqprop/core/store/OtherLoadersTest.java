package org.eqprop.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parts;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Untied;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Solver;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.testing.Java;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that the class loader of the library does not see, as plugins' are. */
class OtherLoadersTest {
  /** A cost and a solver, compiled into a folder that only a child class loader has. */
  private static final String PLUGIN =
      """
      package plugin;

      import java.util.List;
      import java.util.Map;
      import org.eqprop.core.kernel.*;
      import org.eqprop.core.network.*;
      import org.eqprop.core.settle.*;
      import org.eqprop.core.tensor.Rows;

      public record OwnCost(SquaredError inner) implements Cost {
        public String type() { return "plugin-cost"; }
        public Map<String, String> options() { return Map.of(); }
        public int classes() { return inner.classes(); }
        public Trainable readOut() { return null; }
        public <V> V value(Algebra<V> algebra, V s, V y, List<V> parameters) {
          return inner.value(algebra, s, y, parameters);
        }
        public Reading reading(int samples) { return inner.reading(samples); }

        public static final class Provider implements Cost.Provider {
          public String type() { return "plugin-cost"; }
          public Cost create(Layer output, Map<String, String> options) {
            return new OwnCost(new SquaredError(output));
          }
          public List<Cost> examples() { return List.of(); }
        }

        public record Half() implements Solver {
          public String name() { return "plugin-half"; }
          public Map<String, String> options() { return Map.of(); }
          public double size(double epsilon) { return epsilon / 2; }
        }

        public static final class Solvers implements Solver.Provider {
          public String name() { return "plugin-half"; }
          public Solver create(Map<String, String> options) { return new Half(); }
        }
      }
      """;

  @TempDir private Path folder;

  private Path classes;

  @BeforeEach
  void compile() throws IOException {
    classes = folder.resolve("classes");
    Path source = Files.writeString(folder.resolve("OwnCost.java"), PLUGIN);
    int failed =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-proc:none",
                "-cp",
                Java.library().toString(),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(failed).as("javac's exit code").isZero();
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(Cost.Provider.class.getName()), "plugin.OwnCost$Provider");
    Files.writeString(services.resolve(Solver.Provider.class.getName()), "plugin.OwnCost$Solvers");
  }

  private URLClassLoader child() throws IOException {
    return new URLClassLoader(
        new URL[] {classes.toUri().toURL()}, OtherLoadersTest.class.getClassLoader());
  }

  private Path written(Parts parts) {
    Network.Builder builder =
        new Network.Builder(new Prototypical(1, Prototypical.Nudge.OUTSIDE), parts);
    Network network =
        builder
            .layer("s0", Shape.of(2), Activation.SIGMOID4)
            .input("x", Shape.of(3), Activation.SIGMOID4)
            .connect("0", 0, 1, Dense.TYPE, Map.of())
            .cost("plugin-cost", Map.of())
            .build();
    network.initialise(1);
    Solver solver = Solver.named("plugin-half", Map.of(), parts);
    Path file = folder.resolve("model.safetensors");
    new Model(network, 30, new Settling(solver, 1e-4), Map.of()).write(file);
    return file;
  }

  @Test
  void aModelIsReadWithTheProvidersOfAChildLoader() throws IOException {
    try (URLClassLoader child = child()) {
      Parts parts = Parts.of(child);
      Path file = written(parts);
      Model read = Model.read(file, KernelsSelector.kernels(), parts);
      assertThat(read.network().cost().type()).isEqualTo("plugin-cost");
      assertThat(read.network().cost().getClass().getClassLoader()).isSameAs(child);
      assertThat(read.settling().solver().name()).isEqualTo("plugin-half");
      Model again =
          Model.read(
              new ByteArrayInputStream(Files.readAllBytes(file)), KernelsSelector.kernels(), parts);
      float[] input = {0.1f, 0.2f, 0.3f};
      assertThat(again.predictor().predict(input)).isEqualTo(read.predictor().predict(input));
    }
  }

  @Test
  void withoutThemItIsRefusedWithTheName() throws IOException {
    try (URLClassLoader child = child()) {
      Path file = written(Parts.of(child));
      assertThatThrownBy(() -> Model.read(file))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("There is no cost 'plugin-cost'")
          .hasMessageContaining("give its provider");
      Cost.Provider cost =
          Parts.of(child).all(Cost.Provider.class).stream()
              .filter(provider -> provider.type().equals("plugin-cost"))
              .findAny()
              .orElseThrow();
      assertThatThrownBy(
              () ->
                  Model.read(
                      file,
                      KernelsSelector.kernels(),
                      Parts.here().with(Cost.Provider.class, cost)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("There is no solver 'plugin-half'");
    }
  }

  @Test
  void aRegistrationThatCannotBeLoadedIsPassedOver() throws IOException {
    Path services = classes.resolve("META-INF/services");
    Path costs = services.resolve(Cost.Provider.class.getName());
    Files.writeString(costs, "plugin.Missing\nplugin.OwnCost$Provider\njava.lang.String\n");
    Files.writeString(services.resolve(Connection.Provider.class.getName()), "plugin.Missing");
    try (URLClassLoader child = child()) {
      Path file = written(Parts.of(child));
      Model read = Model.read(file, KernelsSelector.kernels(), Parts.of(child));
      assertThat(read.network().cost().type()).isEqualTo("plugin-cost");
    }
    Files.writeString(costs, "plugin.Missing");
    try (URLClassLoader child = child()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> written(Parts.of(child)))
          .withMessageContaining("There is no cost 'plugin-cost'")
          .withMessageEndingWith("Provider plugin.Missing not found.");
    }
  }

  @Test
  void aModelIsReadWithProvidersThatAreGiven() throws IOException {
    try (URLClassLoader child = child()) {
      Parts all = Parts.of(child);
      Path file = written(all);
      Parts given = Parts.here();
      for (Cost.Provider provider : all.all(Cost.Provider.class)) {
        given = given.with(Cost.Provider.class, provider);
      }
      for (Solver.Provider provider : all.all(Solver.Provider.class)) {
        given = given.with(Solver.Provider.class, provider);
      }
      Model read = Model.read(file, KernelsSelector.kernels(), given);
      assertThat(read.network().cost().getClass().getClassLoader()).isSameAs(child);
    }
  }

  @Test
  void aGivenProviderComesFirstAndMakesUntiedConnectionsToo() {
    Connection.Provider mine = new Counting();
    Parts parts = Parts.here().with(Connection.Provider.class, mine);
    assertThat(parts.all(Connection.Provider.class).getFirst()).isSameAs(mine);
    Network.Builder builder =
        new Network.Builder(new Prototypical(1, Prototypical.Nudge.OUTSIDE), parts)
            .untied(Untied.Rule.VECTOR_FIELD)
            .layer("s0", Shape.of(2), Activation.SIGMOID4)
            .layer("s1", Shape.of(4), Activation.SIGMOID4)
            .input("x", Shape.of(3), Activation.SIGMOID4)
            .connect("0", 0, 1, "mine", Map.of());
    assertThat(((Counting) mine).made).isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.connect("1", 1, 2, "theirs", Map.of()))
        .withMessageContaining("There is no connection type 'theirs'");
  }

  /** Fully connected layers under another name. */
  private static final class Counting implements Connection.Provider {
    private int made;

    @Override
    public String type() {
      return "mine";
    }

    @Override
    public Connection create(String name, Layer target, Layer source, Map<String, String> options) {
      made++;
      return new Dense.Provider().create(name, target, source, options);
    }

    @Override
    public List<Connection> examples() {
      return List.of();
    }
  }
}
