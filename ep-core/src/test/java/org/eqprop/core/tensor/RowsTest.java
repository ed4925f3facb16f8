package org.eqprop.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 16, 16",
    "15, 16, 16",
    "16, 16, 16",
    "17, 32, 32",
    "240, 240, 240",
    "241, 256, 272",
    "256, 256, 272",
    "512, 512, 528",
    "784, 784, 784",
    "1024, 1024, 1040"
  })
  void rowsArePaddedToVectorsAndStridesAvoidSharedCacheSets(int size, int padded, int stride) {
    Rows rows = Rows.allocate(3, size);
    assertThat(rows.count()).isEqualTo(3);
    assertThat(rows.size()).isEqualTo(size);
    assertThat(rows.padded()).isEqualTo(padded);
    assertThat(rows.stride()).isEqualTo(stride);
    assertThat(rows.index(2, 1) - rows.index(1, 1)).isEqualTo(stride);
    assertThat(rows.data()).hasSizeGreaterThanOrEqualTo(rows.index(2, padded - 1) + 1);
  }

  @Test
  void aRowStartsOnACacheLineOfAnAlignedArray() {
    assertThat((16 + Float.BYTES * Rows.allocate(2, 20).index(0, 0)) % 64).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 33, 256})
  void everyElementHasAPlaceOfItsOwn(int size) {
    Rows rows = Rows.allocate(4, size);
    for (int r = 0; r < 4; r++) {
      for (int c = 0; c < size; c++) {
        assertThat(rows.get(r, c)).isZero();
        rows.set(r, c, r * 1000 + c);
      }
    }
    for (int r = 0; r < 4; r++) {
      for (int c = 0; c < size; c++) {
        assertThat(rows.get(r, c)).isEqualTo(r * 1000 + c);
      }
      for (int c = size; c < rows.padded(); c++) {
        assertThat(rows.get(r, c)).isZero();
      }
    }
  }

  @Test
  void aSliceSharesTheStorage() {
    Rows rows = Rows.allocate(6, 5);
    Rows slice = rows.slice(2, 5);
    assertThat(slice.count()).isEqualTo(3);
    assertThat(slice.size()).isEqualTo(5);
    assertThat(slice.stride()).isEqualTo(rows.stride());
    assertThat(slice.data()).isSameAs(rows.data());
    slice.set(1, 4, 7f);
    assertThat(rows.get(3, 4)).isEqualTo(7f);
    assertThat(slice.slice(1, 2).get(0, 4)).isEqualTo(7f);
    assertThat(rows.slice(6, 6).count()).isZero();
  }

  @Test
  void anAliasSharesTheValuesButNotTheArrangement() {
    Rows rows = Rows.allocate(6, 5);
    Rows alias = rows.slice(2, 5).alias();
    alias.set(1, 4, 7f);
    assertThat(rows.get(3, 4)).isEqualTo(7f);
    assertThat(alias.packed()).isNotSameAs(rows.packed()).hasSameSizeAs(rows.packed());
  }

  @Test
  void aSliceHasItsRowsPlacesInTheArrangement() {
    Rows rows = Rows.allocate(6, 5);
    Rows slice = rows.slice(1, 5).slice(1, 3);
    assertThat(slice.packed()).isSameAs(rows.packed());
    assertThat(slice.packedIndex(1)).isEqualTo(rows.packedIndex(3));
    assertThat(rows.packedIndex(3) - rows.packedIndex(2))
        .isEqualTo(Rows.PACKED_STRIDE)
        .isGreaterThanOrEqualTo(Rows.PACKED_SIZE);
    assertThat(rows.packedIndex(6)).isEqualTo(rows.packed().length);
  }

  @Test
  void threadsThatAskForTheArrangementAtOnceGetTheSame() throws InterruptedException {
    for (int round = 0; round < 300; round++) {
      Rows rows = Rows.allocate(20, 5);
      CyclicBarrier start = new CyclicBarrier(2);
      float[][] got = new float[2][];
      Thread other =
          new Thread(
              () -> {
                awaitStart(start);
                got[1] = rows.packed();
              });
      other.start();
      awaitStart(start);
      got[0] = rows.packed();
      other.join();
      assertThat(got[0]).isSameAs(got[1]).isSameAs(rows.packed());
    }
  }

  private static void awaitStart(CyclicBarrier start) {
    try {
      start.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "0, 4", "2, 1"})
  void aSliceBeyondTheRowsIsRefused(int from, int to) {
    Rows rows = Rows.allocate(3, 5);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> rows.slice(from, to))
        .withMessage("Rows " + from + " to " + to + " of 3 rows were asked for.");
  }

  @Test
  void clearAndCopyKeepToTheirRows() {
    Rows source = Rows.allocate(4, 17);
    Rows rows = Rows.allocate(4, 17);
    Arrays.fill(source.data(), 2f);
    for (int r = 0; r < 4; r++) {
      for (int c = 0; c < 17; c++) {
        rows.set(r, c, 1f);
      }
    }
    rows.copy(source, 1, 3);
    assertThat(new float[] {rows.get(0, 0), rows.get(1, 0), rows.get(2, 16), rows.get(3, 16)})
        .containsExactly(1f, 2f, 2f, 1f);
    rows.clear(2, 3);
    assertThat(new float[] {rows.get(1, 16), rows.get(2, 0), rows.get(2, 16), rows.get(3, 0)})
        .containsExactly(2f, 0f, 0f, 1f);
  }
}
