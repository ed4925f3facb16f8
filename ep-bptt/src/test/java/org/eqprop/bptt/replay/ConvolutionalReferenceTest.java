package org.eqprop.bptt.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.eqprop.core.network.Connection;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reference file says of its convolutions, and what it need not say. */
final class ConvolutionalReferenceTest {
  /** Maps of 9 × 9 in, 3 of 7 × 7 or smaller pooled, 2 classes. */
  private static Safetensors tensors(int cells, Map<String, String> more) {
    Safetensors tensors = new Safetensors();
    tensors
        .metadata()
        .putAll(
            Map.of(
                "name", "strides",
                "network", "conv",
                "setting", "prototypical",
                "sizes", "2",
                "channels", "3 1",
                "input", "9 9",
                "activation", "tanh",
                "epsilon", "1.0",
                "nudge", "outside"));
    tensors.metadata().putAll(Map.of("kernel", "3", "padding", "0", "pool", "2"));
    tensors.metadata().putAll(more);
    tensors.put("weight.0", Shape.of(2, 3 * cells), new double[6 * cells]);
    tensors.put("weight.1", Shape.of(3, 1, 3, 3), new double[27]);
    return tensors;
  }

  private static Map<String, String> options(int cells, Map<String, String> more) {
    Connection convolution = ReferenceFile.of(tensors(cells, more)).network().connections().get(1);
    return convolution.options();
  }

  @Test
  void theProgramsKindNeedsNoWord() {
    assertThat(options(9, Map.of()))
        .containsEntry("stride", "1")
        .containsEntry("pool-stride", "2")
        .containsEntry("pooling", "max");
  }

  @Test
  void strideAndPoolingAreRead() {
    assertThat(options(9, Map.of("stride", "2", "pool-stride", "1", "pooling", "average")))
        .containsEntry("stride", "2")
        .containsEntry("pool-stride", "1")
        .containsEntry("pooling", "average");
  }

  @ParameterizedTest
  @CsvSource({
    "pooling, mean, Its entry pooling is 'mean'",
    "stride, 0, stride",
    "pool-stride, x, pool-stride",
    "stride, 3, Its tensor weight.0 has the shape"
  })
  void whatCannotBeMeantIsRefused(String key, String value, String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options(9, Map.of(key, value)))
        .withMessageContaining(said);
  }
}
