package org.eqprop.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Shape;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.util.ArrayList;
import java.util.List;
import org.apache.batik.ext.awt.g2d.AbstractGraphics2D;
import org.apache.batik.ext.awt.g2d.GraphicContext;
import org.eqprop.examples.report.Picture.Area;
import org.eqprop.examples.report.Picture.Line;
import org.eqprop.examples.report.Picture.Mark;
import org.eqprop.examples.report.Picture.Text;
import org.jspecify.annotations.Nullable;

/**
 * Records what XChart paints, and mends two things on the way. XChart draws a curve as one line for
 * each two points, which begins a dash anew at every point: lines that continue each other become
 * one. XChart fills the outlines of its texts: {@link Lettering} makes them texts again.
 */
final class Recorder extends AbstractGraphics2D {
  private final List<Mark> marks = new ArrayList<>();
  private final Lettering lettering;
  private @Nullable Path2D curve;
  private @Nullable Line curveMark;

  Recorder(Lettering lettering) {
    super(false);
    gc = new GraphicContext();
    this.lettering = lettering;
  }

  /** Everything painted so far. */
  Picture picture() {
    return new Picture(List.copyOf(marks));
  }

  @Override
  public void draw(Shape shape) {
    Path2D path = new Path2D.Double(shape, getTransform());
    BasicStroke stroke = (BasicStroke) getStroke();
    if (shape instanceof Line2D && continuesCurve(path, stroke)) {
      return;
    }
    Line mark = new Line(path, stroke, getColor(), clipOnPage());
    marks.add(mark);
    if (shape instanceof Line2D) {
      curve = path;
      curveMark = mark;
    }
  }

  private boolean continuesCurve(Path2D segment, BasicStroke stroke) {
    if (curve == null
        || curveMark == null
        || !curveMark.stroke().equals(stroke)
        || !curveMark.color().equals(getColor())) {
      return false;
    }
    double[] from = new double[6];
    segment.getPathIterator(null).currentSegment(from);
    if (!new Point2D.Double(from[0], from[1]).equals(curve.getCurrentPoint())) {
      return false;
    }
    Point2D to = segment.getCurrentPoint();
    curve.lineTo(to.getX(), to.getY());
    return true;
  }

  @Override
  public void fill(Shape shape) {
    List<Text> text = lettering.read(shape, getTransform(), getFontRenderContext(), getColor());
    if (text == null) {
      marks.add(new Area(new Path2D.Double(shape, getTransform()), getColor(), clipOnPage()));
    } else {
      marks.addAll(text);
    }
  }

  @Override
  public void drawString(String text, float x, float y) {
    TextLayout layout = new TextLayout(text, getFont(), getFontRenderContext());
    fill(layout.getOutline(AffineTransform.getTranslateInstance(x, y)));
  }

  private @Nullable Shape clipOnPage() {
    Shape clip = getClip();
    return clip == null ? null : getTransform().createTransformedShape(clip).getBounds2D();
  }

  @Override
  public FontMetrics getFontMetrics(java.awt.Font font) {
    return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).getGraphics().getFontMetrics(font);
  }

  @Override
  public Graphics create() {
    throw unused();
  }

  @Override
  public void dispose() {}

  @Override
  public void setXORMode(Color color) {
    throw unused();
  }

  @Override
  public void copyArea(int x, int y, int width, int height, int dx, int dy) {
    throw unused();
  }

  @Override
  public void drawString(AttributedCharacterIterator text, float x, float y) {
    throw unused();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, ImageObserver observer) {
    throw unused();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, int w, int h, ImageObserver observer) {
    throw unused();
  }

  @Override
  public void drawRenderedImage(RenderedImage image, AffineTransform at) {
    throw unused();
  }

  @Override
  public void drawRenderableImage(RenderableImage image, AffineTransform at) {
    throw unused();
  }

  @Override
  public GraphicsConfiguration getDeviceConfiguration() {
    throw unused();
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("Charts do not paint this way.");
  }
}
