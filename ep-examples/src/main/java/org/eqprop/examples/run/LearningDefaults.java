package org.eqprop.examples.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/**
 * The usual values of a cost, an optimizer, a schedule of learning rates, initial weights, strides
 * and poolings, for a preset that was made for others, and for configurations that are older than
 * these.
 */
final class LearningDefaults {
  /** The learning rate of each connection with Adam (Kingma and Ba 2015). */
  private static final double ADAM_RATE = 1e-3;

  /**
   * With cross-entropy the hidden layer is pulled inside σ: outside, its pull does not know σ′, and
   * training ends far from where it could (docs/learning.md).
   */
  private static final NudgeType WITH_READ_OUT = NudgeType.INSIDE;

  /** Learning rates with cross-entropy, by those with the squared error (docs/decisions.md). */
  private static final double CROSS_ENTROPY_SCALE = 2.5;

  /** Digits of a learning rate that was calculated. */
  private static final MathContext DIGITS = new MathContext(6);

  private LearningDefaults() {}

  /**
   * Puts them in.
   *
   * @param usual all entries of the preset
   * @param given entries of a file and of the command line
   * @throws UsageException in one sentence, if there is no such optimizer or schedule
   */
  static void apply(ObjectNode usual, ObjectNode given) {
    OptimizerType type = OptimizerType.of(text(given, "optimizer", OptimizerType.SGD));
    put(usual, OptimizerSettings.of(type));
    int epochs = given.path("epochs").asInt(usual.path("epochs").asInt());
    RateScheduleType schedule =
        RateScheduleType.of(text(given, "lr-schedule", RateScheduleType.CONSTANT));
    put(usual, RateSettings.of(schedule, Math.max(1, epochs)));
    usual.setAll(Convolutions.usual(usual.deepCopy().setAll(given)));
    double scale = 1;
    if (text(given, "cost", CostType.SQUARED_ERROR).equals(CostType.CROSS_ENTROPY.id())) {
      usual.put("output", OutputType.ACTIVATION.id());
      usual.put("nudge", WITH_READ_OUT.id());
      scale = CROSS_ENTROPY_SCALE;
    }
    if (type.isAdam()) {
      int layers = entry(given, usual, "hidden").size() + entry(given, usual, "channels").size();
      int count = GraphEntries.areIn(given) ? GraphEntries.rates(given) : layers + 1;
      ArrayNode rates = usual.putArray("lr");
      for (int i = 0; i < count; i++) {
        rates.add(ADAM_RATE);
      }
    } else if (usual.has("lr")) {
      if (type.hasMomentum()) {
        scale *= withoutMomentum(entry(given, usual, "optimizer-momentum").asDouble());
      }
      ArrayNode rates = Configs.JSON.createArrayNode();
      for (JsonNode rate : usual.path("lr")) {
        rates.add(scaled(rate.asDouble(), scale));
      }
      usual.set("lr", rates);
    }
  }

  /** So that a gradient that stays moves the weights as far as without momentum. */
  private static double withoutMomentum(double momentum) {
    return momentum > 0 && momentum < 1 ? 1 - momentum : 1;
  }

  private static double scaled(double rate, double factor) {
    return factor == 1 ? rate : new BigDecimal(rate * factor).round(DIGITS).doubleValue();
  }

  /** Completes the configuration of a run that is older than these settings. */
  static void complete(ObjectNode tree) {
    tree.setAll(missing(tree, Configs.JSON.valueToTree(OptimizerSettings.SGD)));
    tree.setAll(missing(tree, Configs.JSON.valueToTree(RateSettings.CONSTANT)));
    tree.setAll(missing(tree, Configs.JSON.valueToTree(InitialWeights.USUAL)));
    tree.setAll(missing(tree, Convolutions.usual(tree)));
    tree.setAll(missing(tree, ofData()));
    tree.setAll(missing(tree, plain()));
  }

  /** Takes out of a configuration what is as in runs that are older than these settings. */
  static void simplify(ObjectNode tree) {
    ObjectNode later = Configs.JSON.createObjectNode();
    complete(later);
    List<String> names = later.propertyStream().map(Map.Entry::getKey).toList();
    ObjectNode old = tree.deepCopy();
    old.remove(names);
    complete(old);
    old.retain(names);
    old.properties()
        .forEach(
            entry -> {
              if (entry.getValue().equals(tree.get(entry.getKey()))) {
                tree.remove(entry.getKey());
              }
            });
  }

  /** What is usual for reading and changing samples. */
  static ObjectNode ofData() {
    ObjectNode usual = Configs.JSON.valueToTree(DataSettings.USUAL);
    return usual.setAll((ObjectNode) Configs.JSON.valueToTree(AugmentSettings.NONE));
  }

  private static ObjectNode plain() {
    return Configs.JSON
        .createObjectNode()
        .put("cost", CostType.SQUARED_ERROR.id())
        .put("untied", UntiedRule.NONE.id())
        .put("start", StartType.ZERO.id())
        .put("track-gradient", 0)
        .put("patience", 0)
        .put("snapshots", 0);
  }

  private static ObjectNode missing(ObjectNode tree, ObjectNode all) {
    all.remove(tree.propertyStream().map(Map.Entry::getKey).toList());
    return all;
  }

  private static void put(ObjectNode usual, Object settings) {
    usual.setAll((ObjectNode) Configs.JSON.valueToTree(settings));
  }

  private static JsonNode entry(ObjectNode given, ObjectNode usual, String name) {
    return given.has(name) ? given.path(name) : usual.path(name);
  }

  private static String text(ObjectNode given, String name, Object otherwise) {
    return given.path(name).asText(otherwise.toString());
  }
}
