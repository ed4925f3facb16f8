package org.eqprop.examples.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.store.Safetensors;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;

/** The kinds of files that arrays are written to. */
public enum ArrayFormat {
  /** One array, which NumPy loads. */
  NPY(".npy") {
    @Override
    void write(Path file, List<NamedArray> arrays) {
      if (arrays.size() != 1) {
        throw new UsageException(
            file
                + " holds one array, but there are "
                + arrays.size()
                + "; choose one with --only, or give a file that ends in .npz, or a folder.");
      }
      writeOne(file, arrays.get(0));
    }
  },

  /** A ZIP archive of such files, not compressed, as numpy.savez writes it. */
  NPZ(".npz") {
    @Override
    void write(Path file, List<NamedArray> arrays) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        for (NamedArray array : arrays) {
          byte[] header = Npy.header(array);
          ZipEntry entry = new ZipEntry(array.name() + NPY.ending);
          CRC32 crc = new CRC32();
          crc.update(header);
          crc.update(array.data().array());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize((long) header.length + array.data().capacity());
          entry.setCrc(crc.getValue());
          entry.setTime(EPOCH_MILLIS);
          zip.putNextEntry(entry);
          zip.write(header);
          zip.write(array.data().array());
        }
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      AtomicFiles.write(file, ByteBuffer.wrap(bytes.toByteArray()));
    }
  },

  /** Tensors by name, as PyTorch, JAX and others load them. */
  SAFETENSORS(".safetensors") {
    @Override
    void write(Path file, List<NamedArray> arrays) {
      Safetensors container = new Safetensors();
      for (NamedArray array : arrays) {
        if (array.type() != NamedArray.Type.FLOAT32) {
          throw new UsageException(
              array.name()
                  + " holds whole numbers, which are not written to "
                  + file
                  + "; give a file that ends in .npz, or leave it out.");
        }
        container.put(array.name(), array.shape(), array.floats());
      }
      container.write(file);
    }
  },

  /** A folder with an .npy file for each array. */
  FOLDER("/") {
    @Override
    void write(Path folder, List<NamedArray> arrays) {
      try {
        Files.createDirectories(folder);
      } catch (IOException thrown) {
        throw new StoreException(
            "Cannot create the folder " + folder + " (" + AtomicFiles.reason(thrown) + ").",
            thrown);
      }
      for (NamedArray array : arrays) {
        writeOne(folder.resolve(array.name() + NPY.ending), array);
      }
    }
  };

  /**
   * A fixed time, so that equal content is equal bytes: 1 January 1980, where ZIP's time begins.
   */
  private static final long EPOCH_MILLIS = 315_619_200_000L;

  private final String ending;

  ArrayFormat(String ending) {
    this.ending = ending;
  }

  /** Writes arrays, whole files each. */
  abstract void write(Path place, List<NamedArray> arrays);

  private static void writeOne(Path file, NamedArray array) {
    AtomicFiles.write(file, ByteBuffer.wrap(Npy.header(array)), array.data().duplicate().clear());
  }

  /** The format that a place's name tells, as it was given; null if it tells none. */
  static @Nullable ArrayFormat of(String place) {
    for (ArrayFormat format : values()) {
      if (place.toLowerCase(java.util.Locale.ROOT).endsWith(format.ending)) {
        return format;
      }
    }
    return Files.isDirectory(Path.of(place)) ? FOLDER : null;
  }
}
