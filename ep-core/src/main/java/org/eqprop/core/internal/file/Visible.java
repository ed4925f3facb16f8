package org.eqprop.core.internal.file;

/**
 * Shows text that somebody else wrote, such as a file's name or an entry of a file, on a terminal,
 * in a figure or on a page. A character that nobody sees, but that changes what is seen (an escape
 * sequence, a line break, a change of the writing direction), is shown as an escape like {@code
 * \u001b}.
 */
public final class Visible {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** Longer texts are cut where they are a part of a sentence. */
  private static final int BRIEF = 60;

  private Visible() {}

  /**
   * {@return the text in one line: line breaks and tabs become escapes, too}
   *
   * @param text any text
   */
  public static String line(String text) {
    return escape(text, false);
  }

  /**
   * {@return the text as a part of a sentence: in one line, and cut if it is long}
   *
   * @param text any text
   */
  public static String brief(String text) {
    if (text.length() <= BRIEF) {
      return line(text);
    }
    boolean split = Character.isHighSurrogate(text.charAt(BRIEF - 1));
    return line(text.substring(0, split ? BRIEF - 1 : BRIEF)) + "…";
  }

  /**
   * {@return the text with its line breaks and tabs}
   *
   * @param text any text
   */
  public static String lines(String text) {
    return escape(text, true);
  }

  /**
   * {@return the text in one line, to stand between tags or in an attribute of HTML or XML}
   *
   * @param text any text
   */
  public static String html(String text) {
    return line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String escape(String text, boolean keepBreaks) {
    if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (keepBreaks && isBreak(text, i)) {
        shown.append((char) c);
      } else {
        append(shown, c);
      }
    }
    return shown.toString();
  }

  private static boolean isBreak(String text, int i) {
    return switch (text.charAt(i)) {
      case '\n', '\t' -> true;
      case '\r' -> i + 1 < text.length() && text.charAt(i + 1) == '\n';
      default -> false;
    };
  }

  private static void append(StringBuilder shown, int c) {
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (!isHidden(c)) {
          shown.appendCodePoint(c);
          return;
        }
        for (char unit : Character.toChars(c)) {
          shown.append("\\u").append(Integer.toHexString(0x10000 | unit).substring(1));
        }
      }
    }
  }

  /** Whether a character is seen only by what it does to others, or is no character at all. */
  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> c != ZERO_WIDTH_NON_JOINER && c != ZERO_WIDTH_JOINER;
      default -> (c & 0xFFFE) == 0xFFFE;
    };
  }
}
