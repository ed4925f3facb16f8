package org.eqprop.examples.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eqprop.core.internal.file.Visible;
import org.jspecify.annotations.Nullable;

/** HTML pages that need no other file. */
public final class Page {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

  private Page() {}

  /**
   * A page.
   *
   * @param owner the class beside which the template is
   * @param template the file, with places such as {@code {{rows}}}
   * @param values HTML by the name of its place
   */
  public static String of(Class<?> owner, String template, Map<String, String> values) {
    // In one pass, so that a name which looks like a place in the template stays a name.
    return PLACE
        .matcher(read(owner, template))
        .replaceAll(
            place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
  }

  private static String read(Class<?> owner, String template) {
    try (InputStream in = owner.getResourceAsStream(template)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
  }

  /**
   * A figure within a page.
   *
   * @param name for those who cannot see it; stands in its place if there is none
   * @param svg the picture, or null
   */
  public static String figure(String name, @Nullable String svg) {
    if (svg == null) {
      return "<figure><figcaption>" + Visible.html(name) + "</figcaption></figure>\n";
    }
    return "<figure><img alt=\""
        + Visible.html(name)
        + "\" src=\"data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8))
        + "\"></figure>\n";
  }
}
