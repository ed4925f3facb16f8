package org.eqprop.bptt.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eqprop.core.store.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the authors' program computed in float64, computed again from Φ. */
final class ReplayTest {
  private static Safetensors file(String name) {
    String data = System.getenv("EP_DATA");
    assumeTrue(data != null, "EP_DATA is not set: the reference trajectories are not replayed");
    Path file = Path.of(data).resolveSibling("goldens").resolve(name + ".safetensors");
    assumeTrue(Files.exists(file), "There is no " + file + ": it is not replayed");
    return Safetensors.read(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "toy",
        "eb-1h",
        "eb-1h-clamped",
        "eb-2h",
        "p-1h",
        "p-2h",
        "p-2h-leaky",
        "p-3h",
        "p-conv"
      })
  void everyTensorAgrees(String name) {
    Safetensors tensors = file(name);
    Map<Group, Differences.Largest> groups = Replay.run(ReferenceFile.of(tensors)).byGroup();
    assertThat(groups).containsOnlyKeys(Group.values());
    groups.forEach(
        (group, largest) ->
            assertThat(largest.relative())
                .as("%s: %s", group.title(), largest)
                .isLessThan(group == Group.REL_MSE ? 1e-6 : 1e-10));
    long recorded =
        tensors.names().stream()
            .filter(tensor -> !tensor.matches("x|target|(weight|bias)\\..*"))
            .count();
    int compared = groups.values().stream().mapToInt(Differences.Largest::tensors).sum();
    assertThat(compared).as("all tensors, and two lists of RelMSE").isEqualTo(recorded + 2);
  }

  @Test
  void anotherOutputDoesNotAgree() {
    Safetensors tensors = file("eb-1h");
    tensors.metadata().put("output", "activation");
    Map<Group, Differences.Largest> groups = Replay.run(ReferenceFile.of(tensors)).byGroup();
    assertThat(groups.values()).allMatch(largest -> largest.relative() > 1e-3);
  }

  @Test
  void refusesWhatIsNoReferenceFile() {
    Safetensors tensors = new Safetensors();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReferenceFile.of(tensors))
        .withMessage("This is no reference file: it does not say network.");
  }

  @Test
  void differencesAreFound() {
    Differences differences = new Differences();
    differences.compare(Group.EP_UPDATE, "a", new double[] {1, -4}, new double[] {1, -4.5});
    differences.compare(Group.EP_UPDATE, "b", new double[] {10}, new double[] {9});
    differences.compare(Group.REL_MSE, "c", new double[] {1}, new double[] {Double.NaN});
    differences.compare(Group.BPTT_NEURONS, "d", new double[] {0, 1}, new double[] {0});
    assertThat(differences.byGroup().get(Group.EP_UPDATE))
        .isEqualTo(new Differences.Largest(2, 1, 0.125, "a"));
    assertThat(differences.byGroup().get(Group.REL_MSE).relative()).isInfinite();
    assertThat(differences.byGroup().get(Group.BPTT_NEURONS).relative()).isInfinite();
  }
}
