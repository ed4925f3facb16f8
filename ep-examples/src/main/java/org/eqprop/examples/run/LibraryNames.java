package org.eqprop.examples.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.settle.Schedule;

/** How constants of the library are written in options and files. */
public final class LibraryNames {
  private LibraryNames() {}

  /**
   * The activation named {@code name}, in any case.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  public static Activation activation(String name) {
    return Names.constant(
        "activation", Activation.values(), Activation::id, name.toLowerCase(Locale.ROOT));
  }

  /**
   * The schedule named {@code name}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  public static Schedule schedule(String name) {
    return Names.constant("schedule", Schedule.values(), Schedule::id, name);
  }

  /** Reads and writes them. */
  static Module module() {
    SimpleModule module = new SimpleModule();
    add(module, Activation.class, LibraryNames::activation, Activation::id);
    add(module, Schedule.class, LibraryNames::schedule, Schedule::id);
    return module;
  }

  private static <E> void add(
      SimpleModule module, Class<E> type, Function<String, E> of, Function<E, String> id) {
    module.addDeserializer(type, new Reader<>(type, of));
    module.addSerializer(type, new Writer<>(type, id));
  }

  private static final class Reader<E> extends StdScalarDeserializer<E> {
    private static final long serialVersionUID = 1;

    private final transient Function<String, E> of;

    Reader(Class<E> type, Function<String, E> of) {
      super(type);
      this.of = of;
    }

    @Override
    public E deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return of.apply(parser.getText());
    }
  }

  private static final class Writer<E> extends StdScalarSerializer<E> {
    private static final long serialVersionUID = 1;

    private final transient Function<E, String> id;

    Writer(Class<E> type, Function<E, String> id) {
      super(type);
      this.id = id;
    }

    @Override
    public void serialize(E value, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeString(id.apply(value));
    }
  }
}
