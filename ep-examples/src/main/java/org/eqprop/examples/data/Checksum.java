package org.eqprop.examples.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eqprop.core.internal.file.InputFiles;

/** Tells by SHA-256 whether content is what was published. */
final class Checksum {

  private Checksum() {}

  /** Says whether there is such a file, of that length and with that SHA-256. */
  static boolean matches(Path file, RemoteFile published) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == published.bytes()
        && sha256(file).equals(published.sha256());
  }

  /** The SHA-256 of some bytes, in lower-case hexadecimal digits. */
  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newSha256().digest(bytes));
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = newSha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = InputFiles.open(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A new SHA-256. */
  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
