package org.eqprop.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.eqprop.examples.report.Picture.Area;
import org.eqprop.examples.report.Picture.Line;
import org.eqprop.examples.report.Picture.Mark;
import org.eqprop.examples.report.Picture.Text;

/**
 * Writes a picture as a PDF of one page (ISO 32000-1). Texts are outlines, so that no font can be
 * missing. The same picture gives the same bytes.
 */
final class PdfFile {
  private static final int DECIMALS = 3;

  private final StringBuilder page = new StringBuilder();

  private PdfFile() {}

  /**
   * A file.
   *
   * @param width in pixels
   * @param height in pixels
   * @param pixel size of one, in points
   */
  static byte[] of(Picture picture, int width, int height, double pixel) {
    PdfFile file = new PdfFile();
    // pixels count downward, points upward
    file.numbers("cm", pixel, 0, 0, -pixel, 0, height * pixel);
    picture.marks().forEach(file::add);
    return file.bytes(width * pixel, height * pixel);
  }

  private void add(Mark mark) {
    page.append("q\n");
    if (mark.clip() != null) {
      Rectangle2D clip = mark.clip().getBounds2D();
      numbers("re", clip.getX(), clip.getY(), clip.getWidth(), clip.getHeight());
      page.append("W n\n");
    }
    switch (mark) {
      case Line line -> {
        color("RG", line.color());
        stroke(line.stroke());
        path(line.shape());
        page.append("S\n");
      }
      case Area area -> fill(area.shape(), area.color());
      case Text text -> {
        FontRenderContext exact = new FontRenderContext(null, true, true);
        Shape outline = new TextLayout(text.text(), text.font(), exact).getOutline(text.at());
        fill(outline, text.color());
      }
    }
    page.append("Q\n");
  }

  private void fill(Shape shape, Color color) {
    color("rg", color);
    boolean evenOdd = path(shape) == PathIterator.WIND_EVEN_ODD;
    page.append(evenOdd ? "f*\n" : "f\n");
  }

  private void color(String operator, Color color) {
    numbers(operator, color.getRed() / 255.0, color.getGreen() / 255.0, color.getBlue() / 255.0);
  }

  private void stroke(BasicStroke stroke) {
    numbers("w", stroke.getLineWidth());
    // both count BUTT, ROUND, SQUARE and MITER, ROUND, BEVEL from 0
    numbers("J", stroke.getEndCap());
    numbers("j", stroke.getLineJoin());
    float[] dash = stroke.getDashArray();
    if (dash != null) {
      page.append("[ ");
      for (float length : dash) {
        page.append(number(length)).append(' ');
      }
      page.append("] ");
      numbers("d", stroke.getDashPhase());
    }
  }

  /** Writes a path, and gives its winding rule. */
  private int path(Shape shape) {
    PathIterator path = shape.getPathIterator(new AffineTransform());
    double[] p = new double[6];
    double x = 0;
    double y = 0;
    for (; !path.isDone(); path.next()) {
      switch (path.currentSegment(p)) {
        case PathIterator.SEG_MOVETO -> {
          numbers("m", p[0], p[1]);
          x = p[0];
          y = p[1];
        }
        case PathIterator.SEG_LINETO -> {
          numbers("l", p[0], p[1]);
          x = p[0];
          y = p[1];
        }
        case PathIterator.SEG_QUADTO -> {
          numbers(
              "c",
              x + 2 * (p[0] - x) / 3,
              y + 2 * (p[1] - y) / 3,
              p[2] + 2 * (p[0] - p[2]) / 3,
              p[3] + 2 * (p[1] - p[3]) / 3,
              p[2],
              p[3]);
          x = p[2];
          y = p[3];
        }
        case PathIterator.SEG_CUBICTO -> {
          numbers("c", p);
          x = p[4];
          y = p[5];
        }
        default -> page.append("h\n");
      }
    }
    return path.getWindingRule();
  }

  private void numbers(String operator, double... values) {
    for (double value : values) {
      page.append(number(value)).append(' ');
    }
    page.append(operator).append('\n');
  }

  private static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private byte[] bytes(double width, double height) {
    byte[] content = deflated(page.toString().getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Integer> places = new ArrayList<>();
    text(out, "%PDF-1.4\n");
    out.writeBytes(new byte[] {'%', (byte) 0xe2, (byte) 0xe3, (byte) 0xcf, (byte) 0xd3, '\n'});
    String box = "[0 0 " + number(width) + " " + number(height) + "]";
    object(out, places, "<< /Type /Catalog /Pages 2 0 R >>");
    object(out, places, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    object(
        out,
        places,
        "<< /Type /Page /Parent 2 0 R /MediaBox " + box + " /Resources << >> /Contents 4 0 R >>");
    places.add(out.size());
    text(out, "4 0 obj\n<< /Length " + content.length + " /Filter /FlateDecode >>\nstream\n");
    out.writeBytes(content);
    text(out, "\nendstream\nendobj\n");
    int table = out.size();
    text(out, "xref\n0 " + (places.size() + 1) + "\n0000000000 65535 f \n");
    places.forEach(place -> text(out, "%010d 00000 n \n".formatted(place)));
    text(out, "trailer\n<< /Size " + (places.size() + 1) + " /Root 1 0 R >>\n");
    text(out, "startxref\n" + table + "\n%%EOF\n");
    return out.toByteArray();
  }

  private static void object(ByteArrayOutputStream out, List<Integer> places, String value) {
    places.add(out.size());
    text(out, places.size() + " 0 obj\n" + value + "\nendobj\n");
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] part = new byte[8192];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
    }
    return out.toByteArray();
  }
}
