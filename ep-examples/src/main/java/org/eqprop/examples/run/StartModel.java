package org.eqprop.examples.run;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.store.Model;

/**
 * A model whose weights a training starts from.
 *
 * @param file where it is, an absolute path
 * @param network has the weights
 */
record StartModel(Path file, Network network) {
  private static final String FILE = "model.safetensors";

  /**
   * Reads it.
   *
   * @param place a model file or the folder of a run
   * @throws UsageException if there is none
   */
  static StartModel read(String place) {
    Path given = Path.of(place);
    Path file = Files.isDirectory(given) ? given.resolve(FILE) : given;
    if (!Files.exists(file)) {
      throw new UsageException(
          "init is "
              + place
              + ", but there is no model; give a model file, a run's folder, or one of"
              + " fan-in-uniform, glorot-uniform and orthogonal.");
    }
    return new StartModel(file.toAbsolutePath().normalize(), Model.read(file).network());
  }

  /** The digest of all weights and biases with their names. */
  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Parameter parameter : network.parameters()) {
        float[] values = parameter.write();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        digest.update(parameter.name().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException thrown) {
      throw new IllegalStateException("Every JDK has SHA-256.", thrown);
    }
  }

  /**
   * Checks the digest of the weights.
   *
   * @param expected empty for any
   * @throws UsageException if they have another
   */
  void requireWeights(String expected) {
    if (!expected.isEmpty() && !expected.equals(sha256())) {
      throw new UsageException(
          "The model "
              + file
              + " has other weights than the configuration tells (init-sha256); restore it from a"
              + " copy, or give --init.");
    }
  }

  /**
   * Checks that another network has the same parameters.
   *
   * @throws UsageException if it has others
   */
  void requireFit(Network other) {
    String here = shapes(other.parameters());
    String there = shapes(network.parameters());
    if (!here.equals(there)) {
      throw new UsageException(
          "The model "
              + file
              + " has "
              + there
              + ", but the network that is to be trained has "
              + here
              + "; give the preset, --hidden or --config of the same network.");
    }
  }

  /**
   * Puts the weights into a network.
   *
   * @param expected the digest that they must have, or empty for any
   * @throws UsageException if they have another, or are of another network
   */
  void into(Network other, Kernels kernels, String expected) {
    requireWeights(expected);
    requireFit(other);
    Map<String, Parameter> own =
        network.parameters().stream().collect(Collectors.toMap(Parameter::name, p -> p));
    for (Parameter parameter : other.parameters()) {
      parameter.read(Objects.requireNonNull(own.get(parameter.name())).write());
    }
    other.refresh(kernels);
  }

  private static String shapes(List<Parameter> parameters) {
    Map<String, String> shapes = new TreeMap<>();
    parameters.forEach(p -> shapes.put(p.name(), p.name() + " " + p.shape()));
    return String.join(", ", shapes.values());
  }
}
