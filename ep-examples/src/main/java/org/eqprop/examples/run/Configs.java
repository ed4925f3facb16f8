package org.eqprop.examples.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.jspecify.annotations.Nullable;

/** Resolves a configuration: the preset, then a TOML file, then the command line. */
public final class Configs {
  /** Writes and reads everything that is JSON here. */
  public static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .addModule(LibraryNames.module())
          .build();

  /** Has all names, and values of their types. */
  private static final ObjectNode EXAMPLE = example();

  private Configs() {}

  private static ObjectNode example() {
    ObjectNode example =
        JSON.valueToTree(Preset.P_CONV.config(Convention.PAPER, ModeType.EXACT, "digits"));
    example.putArray("hidden").add(1);
    example.putArray("solverOptions").add("memory=5");
    example.put("network", "");
    example.putArray(GraphEntries.LAYERS).addObject();
    example.putArray(GraphEntries.CONNECTIONS).addObject();
    return example;
  }

  /**
   * The configuration of {@code preset} with the entries of {@code toml} and then of {@code
   * options} replaced.
   *
   * @param preset a name, or null for the TOML file's, or the default for the data
   * @param toml a TOML or JSON file with the same names as the options, or null
   * @param options entries given on the command line
   * @throws UsageException if a name or value is not valid
   */
  public static Config resolve(@Nullable String preset, @Nullable Path toml, ObjectNode options) {
    ConfigFile file = toml == null ? null : ConfigFile.read(toml, EXAMPLE);
    try {
      return resolve(preset, file, options);
    } catch (UsageException refused) {
      throw new Origin(options, file).placed(refused);
    }
  }

  private static Config resolve(
      @Nullable String preset, @Nullable ConfigFile file, ObjectNode options) {
    ObjectNode given = JSON.createObjectNode();
    if (file != null) {
      given = file.entries().deepCopy();
      LayerList.replace(given, options.has("hidden"), file::place);
      checkTypes(given, file::place);
      if (options.has("data")) {
        // What the file knows about its own data.
        given.remove(List.of("dataPath", "dataSha256", "labels"));
      }
      if (options.has("init")) {
        given.remove("init-sha256");
      }
    }
    given.setAll(options);
    if (preset != null) {
      given.put("preset", preset);
    }
    boolean graph = GraphEntries.areIn(given);
    if (graph && file != null) {
      GraphEntries.prepare(given, options, file.path());
    }
    String name = text(given, "preset", graph ? GraphEntries.preset(given) : byDefault(given));
    Convention convention = Convention.of(text(given, "convention", Convention.PAPER.id()));
    ModeType mode = ModeType.of(text(given, "mode", ModeType.EXACT.id()));
    Config base = Preset.named(name).config(convention, mode, text(given, "data", "digits"));
    ObjectNode merged = JSON.valueToTree(base);
    if (graph) {
      GraphEntries.removeLayers(merged);
    }
    LearningDefaults.apply(merged, given);
    ObjectNode usual = merged.deepCopy();
    merged.setAll(given);
    Mode.complete(merged, given);
    String where = file == null ? "the options" : file.path().toString();
    if (graph && GraphEntries.lackRates(merged)) {
      parse(GraphEntries.withRates(merged), where); // any other mistake comes first
      throw GraphEntries.noRates(merged);
    }
    Config config = parse(merged, where);
    Applicable.check(given, usual, config);
    return config;
  }

  /**
   * A refusal of an entry of a network with the place where it is written, if it still is.
   *
   * @param path the file of the configuration, or null
   */
  public static UsageException placed(UsageException refused, @Nullable Path path) {
    if (path == null || !(refused instanceof EntryException) || !Files.isRegularFile(path)) {
      return refused;
    }
    ConfigFile file = ConfigFile.read(path, EXAMPLE);
    return new Origin(JSON.createObjectNode(), file).placed(refused);
  }

  /**
   * The sizes of all layers that a file has as a list of numbers, input side first; null if it has
   * none, or can be read once only.
   */
  public static @Nullable List<Integer> layers(Path file) {
    return Files.isRegularFile(file)
        ? LayerList.of(ConfigFile.read(file, EXAMPLE).entries())
        : null;
  }

  private static String byDefault(ObjectNode given) {
    return Preset.byDefault(text(given, "data", "digits"), given.has("hidden")).id();
  }

  /** Reads the configuration of a run folder. */
  static Config read(Path file) {
    try {
      if (!(JSON.readTree(TextFile.read(file, RunFolder.MOST_BYTES))
          instanceof ObjectNode written)) {
        throw new StoreException("The file " + file + " is damaged; restore it from a copy.");
      }
      ObjectNode tree = ConfigEntries.usual(written, EXAMPLE, name -> file.toString());
      checkTypes(tree, name -> file.toString());
      addDefaults(tree, Convolutions.NONE, Map.of());
      addDefaults(tree, Mode.EXACT, Map.of());
      addDefaults(tree, DataSource.UNKNOWN, LearningDefaults.ofData());
      LearningDefaults.complete(tree);
      for (String later : List.of("omega", "momentum")) {
        tree.putIfAbsent(later, JSON.getNodeFactory().numberNode(0.0));
      }
      tree.putIfAbsent("solver", JSON.getNodeFactory().textNode(Mode.implied(tree)));
      tree.putIfAbsent("solverOptions", JSON.createArrayNode());
      for (var entry : EXAMPLE.properties()) {
        if (!tree.has(entry.getKey()) && !Graph.NAMES.contains(entry.getKey())) {
          throw new StoreException(
              "The file " + file + " has no " + entry.getKey() + "; restore it from a copy.");
        }
      }
      return parse(tree, file.toString());
    } catch (EntryException refused) {
      throw new UsageException("In " + file + ", " + refused.getMessage());
    } catch (JsonProcessingException thrown) {
      throw new StoreException("The file " + file + " is not valid JSON; restore it from a copy.");
    } catch (TextFile.Malformed thrown) {
      throw new StoreException("Cannot read " + file + ": " + thrown.getMessage() + ".");
    } catch (IOException thrown) {
      throw new StoreException("Cannot read " + file + ": " + AtomicFiles.reason(thrown) + ".");
    }
  }

  /** Some runs are older than convolutions, modes or what is known about the data, in part. */
  private static void addDefaults(ObjectNode tree, Object defaults, Object later) {
    ObjectNode none = JSON.valueToTree(defaults);
    ObjectNode newer = JSON.valueToTree(later);
    none.remove(newer.propertyStream().map(Map.Entry::getKey).toList());
    if (none.propertyStream().noneMatch(entry -> tree.has(entry.getKey()))) {
      tree.setAll(none);
    }
  }

  /** The same configuration with another value of one entry. */
  static Config with(Config config, String name, Object value) {
    ObjectNode tree = JSON.valueToTree(config);
    tree.set(name, JSON.valueToTree(value));
    return parse(tree, name);
  }

  /** The same configuration with other values of all entries of {@code values}. */
  static Config withAll(Config config, Object values) {
    ObjectNode tree = JSON.valueToTree(config);
    tree.setAll((ObjectNode) JSON.valueToTree(values));
    return parse(tree, "the configuration");
  }

  private static Config parse(JsonNode tree, String where) {
    try {
      return Objects.requireNonNull(JSON.treeToValue(tree, Config.class));
    } catch (JacksonException thrown) {
      if (thrown.getCause() instanceof UsageException usage) {
        throw usage;
      }
      throw badValue(where, thrown);
    }
  }

  /** Checks that all entries are known and of their types. */
  private static void checkTypes(ObjectNode given, UnaryOperator<String> place) {
    for (var entry : given.properties()) {
      String name = entry.getKey();
      String where = place.apply(name);
      JsonNode example = EXAMPLE.get(name);
      if (example == null) {
        List<String> known = new ArrayList<>();
        EXAMPLE.fieldNames().forEachRemaining(known::add);
        throw new UsageException(
            "There is no hyperparameter '"
                + name
                + "' ("
                + where
                + ")."
                + Names.suggestion(name, known));
      }
      boolean table = example.path(0).isObject(); // is checked where it is read
      if (!table && !fits(entry.getValue(), example)) {
        throw new UsageException(
            "In "
                + where
                + ", "
                + (name.length() == 1 ? name.toUpperCase(Locale.ROOT) : name)
                + " is "
                + entry.getValue()
                + "; it must be "
                + (example.isArray() ? "a list, each value " + type(example.get(0)) : type(example))
                + ".");
      }
    }
  }

  private static boolean fits(JsonNode value, JsonNode example) {
    if (example.isArray()) {
      return value.isArray() && value.valueStream().allMatch(v -> fits(v, example.get(0)));
    }
    return switch (example.getNodeType()) {
      case STRING -> value.isTextual();
      case BOOLEAN -> value.isBoolean();
      default ->
          example.isFloatingPointNumber()
              ? value.isNumber()
              : value.isIntegralNumber()
                  && (example.isInt() ? value.canConvertToInt() : value.canConvertToLong());
    };
  }

  private static String type(JsonNode example) {
    return switch (example.getNodeType()) {
      case STRING -> "a text in quotes";
      case BOOLEAN -> "true or false";
      default ->
          example.isFloatingPointNumber()
              ? "a number"
              : "a whole number of at most " + (example.isInt() ? 32 : 64) + " bits";
    };
  }

  private static UsageException badValue(String where, JacksonException thrown) {
    String field =
        thrown instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
            ? mapping.getPath().get(0).getFieldName()
            : "a value";
    return new UsageException(
        "In " + where + ", " + field + " is not of the right type: " + thrown.getOriginalMessage());
  }

  private static String text(ObjectNode node, String field, String otherwise) {
    JsonNode value = node.get(field);
    return value == null ? otherwise : value.asText();
  }
}
