package org.eqprop.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON that a safetensors header consists of: objects, arrays, strings and whole numbers. Small
 * enough to spare every embedding application a JSON library.
 */
final class HeaderJson {
  private final String text;
  private int position;

  private HeaderJson(String text) {
    this.text = text;
  }

  /** The object that {@code text} is, with values of type Map, List, String or Long. */
  static Map<String, Object> parse(String text) {
    HeaderJson parser = new HeaderJson(text);
    Map<String, Object> object = parser.object(0);
    parser.space();
    if (parser.position != text.length()) {
      throw parser.unexpected();
    }
    return object;
  }

  /** Quotes a string. */
  static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> entries = new TreeMap<>();
    expect('{');
    if (peek() != '}') {
      do {
        String key = string();
        expect(':');
        if (entries.put(key, value(depth)) != null) {
          throw unexpected();
        }
      } while (skip(','));
    }
    expect('}');
    return entries;
  }

  private Object value(int depth) {
    char c = peek();
    if (c == '"') {
      return string();
    }
    if (depth < 4 && c == '{') {
      return object(depth + 1);
    }
    if (depth < 4 && c == '[') {
      return array(depth + 1);
    }
    return number();
  }

  private List<Object> array(int depth) {
    List<Object> items = new ArrayList<>();
    expect('[');
    if (peek() != ']') {
      do {
        items.add(value(depth));
      } while (skip(','));
    }
    expect(']');
    return items;
  }

  private String string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return value.toString();
      }
      if (c < ' ') {
        throw unexpected();
      }
      value.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = hexadecimal(next());
          if (digit < 0) {
            throw unexpected();
          }
          code = code * 16 + digit;
        }
        yield (char) code;
      }
      default -> throw unexpected();
    };
  }

  private static int hexadecimal(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private Long number() {
    int start = position;
    skip('-');
    int digits = position;
    while (position < text.length()
        && text.charAt(position) >= '0'
        && text.charAt(position) <= '9') {
      position++;
    }
    if (position - digits > 1 && text.charAt(digits) == '0') {
      throw unexpected();
    }
    try {
      return Long.valueOf(text.substring(start, position));
    } catch (NumberFormatException thrown) {
      throw unexpected();
    }
  }

  private char next() {
    if (position >= text.length()) {
      throw unexpected();
    }
    return text.charAt(position++);
  }

  private char peek() {
    space();
    if (position >= text.length()) {
      throw unexpected();
    }
    return text.charAt(position);
  }

  private boolean skip(char c) {
    if (position < text.length() && peek() == c) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected();
    }
    position++;
  }

  private void space() {
    while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException(
        "its header is not valid JSON at position " + position + "; restore it from a copy");
  }
}
