package org.eqprop.bench;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A network run by ONNX Runtime for Java on one thread. Its jar (139 MB) is no dependency; the
 * system property {@value #PROPERTY} names it. Input and output are buffers outside the heap that
 * are made once, as its documentation advises for speed.
 */
public final class OnnxRuntime implements AutoCloseable {
  /** The system property that names the jar. */
  public static final String PROPERTY = "eqprop.onnxruntime";

  private static final String PACKAGE = "ai.onnxruntime.";

  private final URLClassLoader loader;
  private final FloatBuffer input;
  private final FloatBuffer output;
  private final MethodHandle run;
  private final MethodHandle close;

  private OnnxRuntime(
      URLClassLoader loader,
      FloatBuffer input,
      FloatBuffer output,
      MethodHandle run,
      MethodHandle close) {
    this.loader = loader;
    this.input = input;
    this.output = output;
    this.run = run;
    this.close = close;
  }

  /**
   * Makes a network ready for batches of {@code rows} samples.
   *
   * @param model an ONNX file with an input {@code x} and an output {@code y}
   * @throws IllegalStateException in one sentence, if there is no such jar
   */
  public static OnnxRuntime open(byte[] model, int rows, int inputs, int outputs) {
    Path jar = jar();
    try {
      URLClassLoader loader =
          new URLClassLoader(new URL[] {url(jar)}, OnnxRuntime.class.getClassLoader());
      Class<?> environments = loader.loadClass(PACKAGE + "OrtEnvironment");
      Class<?> sessions = loader.loadClass(PACKAGE + "OrtSession");
      Class<?> settings = loader.loadClass(PACKAGE + "OrtSession$SessionOptions");
      Class<?> tensors = loader.loadClass(PACKAGE + "OnnxTensor");
      Object environment = environments.getMethod("getEnvironment").invoke(null);
      Object options = settings.getConstructor().newInstance();
      settings.getMethod("setIntraOpNumThreads", int.class).invoke(options, 1);
      settings.getMethod("setInterOpNumThreads", int.class).invoke(options, 1);
      Object session =
          environments
              .getMethod("createSession", byte[].class, settings)
              .invoke(environment, model, options);
      FloatBuffer input = direct(rows * inputs);
      FloatBuffer output = direct(rows * outputs);
      var make = tensors.getMethod("createTensor", environments, FloatBuffer.class, long[].class);
      Object x = make.invoke(null, environment, input, new long[] {rows, inputs});
      Object y = make.invoke(null, environment, output, new long[] {rows, outputs});
      var method = sessions.getMethod("run", Map.class, Set.class, Map.class);
      MethodHandle run =
          MethodHandles.insertArguments(
              MethodHandles.publicLookup().unreflect(method).bindTo(session),
              0,
              Map.of("x", x),
              Set.of(),
              Map.of("y", y));
      MethodHandle close =
          MethodHandles.publicLookup()
              .findVirtual(method.getReturnType(), "close", MethodType.methodType(void.class));
      return new OnnxRuntime(
          loader,
          input,
          output,
          run.asType(MethodType.methodType(AutoCloseable.class)),
          close.asType(MethodType.methodType(void.class, AutoCloseable.class)));
    } catch (ReflectiveOperationException thrown) {
      throw new IllegalStateException("'" + jar + "' is no jar of ONNX Runtime.", thrown);
    }
  }

  /** Why it cannot be measured here, a sentence; empty if it can. */
  public static String absence() {
    String named = System.getProperty(PROPERTY, "");
    if (named.isEmpty()) {
      return "ONNX Runtime is not measured; name its jar with --onnx.";
    }
    return Files.isRegularFile(Path.of(named))
        ? ""
        : "There is no file '" + named + "' of ONNX Runtime.";
  }

  private static Path jar() {
    String absence = absence();
    if (!absence.isEmpty()) {
      throw new IllegalStateException(absence);
    }
    return Path.of(System.getProperty(PROPERTY, ""));
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** The outputs of a full batch of samples, one after the other. */
  public FloatBuffer run(float[] samples) {
    input.put(0, samples);
    try {
      AutoCloseable result = (AutoCloseable) run.invokeExact();
      close.invokeExact(result);
    } catch (Throwable thrown) {
      throw new IllegalStateException(thrown);
    }
    return output;
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException thrown) {
      throw new IllegalStateException(thrown);
    }
  }
}
