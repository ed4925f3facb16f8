package org.eqprop.examples.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.eqprop.core.learn.Learner;

/** Refuses settings that were given, but have no effect on the network or method chosen. */
final class Applicable {
  private final ObjectNode given;
  private final ObjectNode usual;
  private final Config config;

  private Applicable(ObjectNode given, ObjectNode usual, Config config) {
    this.given = given;
    this.usual = usual;
    this.config = config;
  }

  /**
   * Checks what was given. A value that is the preset's own is let pass, so that a run's
   * configuration can be given as a whole.
   *
   * @param given entries of a file and of the command line
   * @param usual all entries of the preset
   * @param config what came of both
   * @throws UsageException in one sentence, with the setting's name
   */
  static void check(ObjectNode given, ObjectNode usual, Config config) {
    Applicable check = new Applicable(given, usual, config);
    check.checkSetting();
    check.checkMethod();
    check.checkConvolution();
    check.checkInput();
  }

  private void checkSetting() {
    if (config.setting() == Setting.PROTOTYPICAL) {
      refuseIf(config.clamp(), "clamp", "only energy-based networks clip their states");
      refuseIf(
          config.output() == OutputType.LINEAR,
          "output",
          "only energy-based networks can have a linear output");
    } else {
      refuseIf(
          config.nudge() == NudgeType.INSIDE,
          "nudge",
          "only prototypical networks can be nudged inside sigma");
    }
  }

  private void checkMethod() {
    List<String> methods = config.methods();
    for (Learner.Provider.Setting setting : Learner.Provider.Setting.values()) {
      String why = Learners.whyWithout(methods, setting);
      if (why != null) {
        refuseIf(true, setting.name().toLowerCase(Locale.ROOT), why);
      }
    }
  }

  private void checkInput() {
    Graph graph = config.graph();
    if (graph.isEmpty() || config.setting() == Setting.ENERGY_BASED) {
      return;
    }
    int last = graph.layers().size() - 1;
    LayerEntry input = graph.layers().get(last);
    if (input.activation() != null) {
      throw new EntryException(
          "layers." + last + ".activation",
          "the layer '"
              + input.name()
              + "' is the input, and a prototypical network feeds it as it is; leave its activation"
              + " out.");
    }
  }

  private void checkConvolution() {
    Graph graph = config.graph();
    boolean none =
        graph.isEmpty() ? config.convolutions().isEmpty() : !graph.hasUnstridedConvolution();
    refuseIf(
        none && config.settlingMode().convolution() == ConvolutionType.WINOGRAD,
        "convolution",
        graph.isEmpty()
            ? "the network has no convolutions"
            : "the network has no convolutions of stride 1");
    refuseIf(
        config.convolutions().stride() > 1
            && config.settlingMode().convolution() == ConvolutionType.WINOGRAD,
        "convolution",
        "Winograd's algorithm is for stride 1");
  }

  private void refuseIf(boolean useless, String name, String why) {
    JsonNode value = given.get(name);
    if (useless && value != null && !value.equals(usual.get(name))) {
      throw new UsageException(name + " is " + value.asText() + ", but " + why + "; leave it out.");
    }
  }
}
