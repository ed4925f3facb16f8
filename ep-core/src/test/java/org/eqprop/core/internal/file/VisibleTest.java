package org.eqprop.core.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
  @Test
  void everyCharacterIsShownOrEscaped() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = "a" + Character.toString(c) + "b";
      String shown = Visible.line(text);
      int type = Character.getType(c);
      boolean control = type == Character.CONTROL || type == Character.SURROGATE;
      if (control || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) {
        assertThat(shown).matches("a\\\\(u[0-9a-f]{4}|[nrt])b");
      }
      if (!Visible.line(shown).equals(shown)
          || (Character.isLetterOrDigit(c) && !shown.equals(text))) {
        fail("U+%04X is shown as %s", c, shown);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain text.", "Größe 5 × 3 €", "שלום", "مرحبا", "你好", "👩‍💻 e\u0301"})
  void whatPeopleReadStaysAsItIs(String text) {
    assertThat(Visible.line(text)).isEqualTo(text);
    assertThat(Visible.lines(text)).isEqualTo(text);
  }

  @Test
  void breaksStayWhereThereAreLines() {
    assertThat(Visible.lines("a\tb\nc\r\nd\re\u001b")).isEqualTo("a\tb\nc\r\nd\\re\\u001b");
    assertThat(Visible.line("a\tb\nc")).isEqualTo("a\\tb\\nc");
    assertThat(Visible.line("\udb40\udc01")).isEqualTo("\\udb40\\udc01");
  }

  @ParameterizedTest
  @ValueSource(ints = {59, 60, 61, 100_000})
  void aLongTextIsCutInASentence(int length) {
    String text = "a".repeat(length);
    assertThat(Visible.brief(text)).isEqualTo(length > 60 ? "a".repeat(60) + "…" : text);
    // no half of a character is left
    assertThat(Visible.brief("a".repeat(59) + "👩‍💻".repeat(length)))
        .isEqualTo("a".repeat(59) + "…");
    assertThat(Visible.brief("a\nb\u001b")).isEqualTo("a\\nb\\u001b");
  }
}
