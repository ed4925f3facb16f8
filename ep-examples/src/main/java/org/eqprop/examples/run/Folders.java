package org.eqprop.examples.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;

/** Folders that results will be written to. */
public final class Folders {
  private Folders() {}

  /**
   * Checks that files can be made in a folder, before the work whose results go there: makes one
   * and removes it.
   *
   * @throws StoreException if they cannot
   */
  public static void requireWritable(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".ep", ".part"));
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot write to the folder "
              + folder
              + " ("
              + AtomicFiles.reason(thrown)
              + "); make it writable, or choose another one.",
          thrown);
    }
  }
}
