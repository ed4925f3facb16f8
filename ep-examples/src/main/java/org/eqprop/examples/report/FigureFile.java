package org.eqprop.examples.report;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.eqprop.core.internal.file.AtomicFiles;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Writes figures to files. */
final class FigureFile {
  private static final int PNG_SCALE = 2;

  /** Points of a pixel in a PNG for a paper: 300 an inch. */
  private static final double POINT_PER_DOT = 72 / 300.0;

  private static final String SVG = "http://www.w3.org/2000/svg";

  private FigureFile() {}

  static void write(Figure figure, Path file) {
    AtomicFiles.write(
        file, ByteBuffer.wrap(draw(figure, FigureFormat.of(file), file, FigureStyle.SCREEN)));
  }

  /** The bytes of a figure's file; {@code file} is for messages. */
  static byte[] draw(Figure given, FigureFormat format, Path file, FigureStyle style) {
    Fonts.require(file, Fonts::measure);
    try {
      FigureStyle.Fitted fitted = style.fit(given);
      Figure figure = fitted.figure();
      Picture picture = Painter.paint(figure, style.typeface());
      return switch (format) {
        case SVG -> svg(figure, picture, style.isSized() ? fitted.pixel() : 0);
        case PNG ->
            png(figure, picture, style.isSized() ? fitted.pixel() / POINT_PER_DOT : PNG_SCALE);
        case PDF -> PdfFile.of(picture, figure.width(), figure.height(), fitted.pixel());
      };
    } catch (IOException | ParserConfigurationException | RuntimeException | Error thrown) {
      throw FigureException.of(file, thrown);
    }
  }

  private static byte[] png(Figure figure, Picture picture, double scale) throws IOException {
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(scale * figure.width()),
            (int) Math.round(scale * figure.height()),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    g.scale(scale, scale);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    picture.paint(g);
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // ImageIO's own stream would go through a file in the temporary folder, and register a hook for
    // the JVM's end, which fails while the JVM ends.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageIO.write(image, "png", stream);
    }
    return out.toByteArray();
  }

  /**
   * An SVG.
   *
   * @param pixel size of one in points, or 0 for one of the screen's
   */
  private static byte[] svg(Figure figure, Picture picture, double pixel)
      throws IOException, ParserConfigurationException {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .getDOMImplementation()
            .createDocument(SVG, "svg", null);
    SVGGraphics2D g = new SVGGraphics2D(document);
    g.setSVGCanvasSize(new Dimension(figure.width(), figure.height()));
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, figure.width(), figure.height());
    picture.paint(g);
    Element root = g.getRoot();
    if (pixel > 0) {
      root.setAttributeNS(null, "width", points(pixel * figure.width()));
      root.setAttributeNS(null, "height", points(pixel * figure.height()));
    }
    root.setAttributeNS(null, "viewBox", "0 0 " + figure.width() + " " + figure.height());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
      g.stream(root, writer, false, false);
    }
    return out.toByteArray();
  }

  private static String points(double length) {
    return Decimals.fixed(length, 2) + "pt";
  }
}
