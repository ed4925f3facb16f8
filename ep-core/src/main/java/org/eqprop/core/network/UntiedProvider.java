package org.eqprop.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes untied connections of any other type; further options are that type's. */
public final class UntiedProvider implements Connection.Provider {
  private final Parts parts;

  /** For {@link java.util.ServiceLoader}. */
  public UntiedProvider() {
    this(Parts.here());
  }

  /** Connections of the types that {@code parts} have. */
  UntiedProvider(Parts parts) {
    this.parts = parts;
  }

  @Override
  public String type() {
    return Untied.TYPE;
  }

  @Override
  public Connection create(String name, Layer target, Layer source, Map<String, String> options) {
    Map<String, String> rest = new TreeMap<>(options);
    String type = rest.remove(Untied.OF);
    Untied.Rule rule =
        Untied.Rule.of(rest.getOrDefault(Untied.RULE, Untied.Rule.VECTOR_FIELD.id()));
    rest.remove(Untied.RULE);
    if (type == null || type.equals(Untied.TYPE)) {
      String given = type == null ? "" : ", which cannot be untied again";
      throw new IllegalArgumentException(
          "The untied connection "
              + name
              + " needs the option "
              + Untied.OF
              + ", the type of its two directions, such as dense"
              + given
              + ".");
    }
    Connection.Provider provider = parts.connection(type);
    return new Untied(
        name,
        provider.create(name, target, source, rest),
        provider.create(name + Untied.FEEDBACK, target, source, rest),
        rule);
  }

  @Override
  public List<Connection> examples() {
    List<Connection> examples = new ArrayList<>();
    for (Connection.Provider provider : parts.all(Connection.Provider.class)) {
      if (!provider.type().equals(Untied.TYPE)) {
        for (Untied.Rule rule : Untied.Rule.values()) {
          for (Connection of : provider.examples()) {
            Map<String, String> options = new TreeMap<>(of.options());
            options.put(Untied.OF, of.type());
            options.put(Untied.RULE, rule.id());
            examples.add(create(of.name(), of.target(), of.source(), options));
          }
        }
      }
    }
    return List.copyOf(examples);
  }
}
