package org.eqprop.examples.data;

import com.drew.imaging.FileType;
import com.drew.imaging.FileTypeDetector;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.eqprop.core.internal.file.InputFiles;
import org.jspecify.annotations.Nullable;

/** Tells which kind of picture or document a file is, whether it can be read here or not. */
final class PictureKind {

  /** What {@link FileType} calls otherwise than people do. */
  private static final Map<FileType, String> NAMES =
      Map.of(FileType.Heif, "HEIC", FileType.Ico, "ICO", FileType.QuickTime, "QuickTime");

  /** Kinds that {@link FileTypeDetector} does not know, by how their files begin. */
  private static final Map<String, String> BEGINNINGS =
      Map.of(
          "\0\0\1\0", "ICO",
          "\0\0\2\0\1\0", "CUR",
          "\0\0\0\fJXL ", "JPEG XL",
          "\u00ff\n", "JPEG XL",
          "\0\0\0\fjP  ", "JPEG 2000",
          "<svg", "SVG",
          "DDS ", "DDS");

  private static final String TGA_FOOTER = "TRUEVISION-XFILE.\0";

  private static final int LONGEST = 64;

  private PictureKind() {}

  /** Returns the kind's usual name, such as {@code HEIC}; null if the file is of no known kind. */
  static @Nullable String of(Path file) {
    try (InputStream in = new BufferedInputStream(InputFiles.open(file))) {
      in.mark(LONGEST);
      String head = new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
      in.reset();
      for (Map.Entry<String, String> entry : BEGINNINGS.entrySet()) {
        if (head.startsWith(entry.getKey())) {
          return entry.getValue();
        }
      }
      if (head.startsWith("<?xml") && head.contains("<svg")) {
        return "SVG";
      }
      FileType type = FileTypeDetector.detectFileType(in);
      if (type != FileType.Unknown) {
        return NAMES.getOrDefault(type, type.getName());
      }
      return isTga(file, head) ? "TGA" : null;
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }

  /** TGA files have no mark at their beginning; the newer ones have one at their end. */
  private static boolean isTga(Path file, String head) throws IOException {
    long length = Files.size(file);
    if (head.length() < 18 || length < TGA_FOOTER.length()) {
      return false;
    }
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".tga")) {
      int type = head.charAt(2) & 7;
      return head.charAt(1) <= 1 && type >= 1 && type <= 3 && head.charAt(16) <= 32;
    }
    try (InputStream in = InputFiles.open(file)) {
      in.skipNBytes(length - TGA_FOOTER.length());
      return TGA_FOOTER.equals(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
    }
  }
}
