package org.eqprop.core.internal.idx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Files that are often found under the name of an IDX file, by their first four bytes. */
enum ForeignKind {
  ZIP(0x504B0304, "a ZIP archive", ForeignKind.UNPACK),
  SEVEN_ZIP(0x377ABCAF, "a 7-Zip archive", ForeignKind.UNPACK),
  RAR(0x52617221, "a RAR archive", ForeignKind.UNPACK),
  XZ(0xFD377A58, "packed with xz", ForeignKind.UNPACK),
  ZSTD(0x28B52FFD, "packed with zstd", ForeignKind.UNPACK),
  BZIP2(0x425A6800, 0xFFFFFF00, "packed with bzip2", ForeignKind.UNPACK),
  GZIP(0x1F8B0000, 0xFFFF0000, "packed twice with gzip", "unpack it once"),
  NUMPY(0x934E554D, "a NumPy array", "write it as IDX"),
  LFS(0x76657273, "a pointer of Git LFS to the file", "fetch the file with 'git lfs pull'"),
  DOCTYPE(0x3C214400, 0xFFFFDF00, ForeignKind.PAGE, ForeignKind.FETCH),
  HTML(0x3C485400, 0xFFDFDF00, ForeignKind.PAGE, ForeignKind.FETCH),
  XML(0x3C3F786D, ForeignKind.PAGE, ForeignKind.FETCH);

  private static final String UNPACK = "unpack it";
  private static final String PAGE = "a web page, such as a server sends in place of a file";
  private static final String FETCH = "fetch the file itself";

  private final int start;
  private final int mask;

  /** What the file is, with its article. */
  final String what;

  final String remedy;

  ForeignKind(int start, String what, String remedy) {
    this(start, -1, what, remedy);
  }

  /** Only the bits of {@code mask} count; without bit 5 letters of both cases are the same. */
  ForeignKind(int start, int mask, String what, String remedy) {
    this.start = start;
    this.mask = mask;
    this.what = what;
    this.remedy = remedy;
  }

  /** The kind of a file that starts with these four bytes; null if it is none of these. */
  static @Nullable ForeignKind of(int start) {
    return Arrays.stream(values())
        .filter(kind -> (start & kind.mask) == kind.start)
        .findFirst()
        .orElse(null);
  }
}
