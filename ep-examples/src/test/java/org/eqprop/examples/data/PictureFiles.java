package org.eqprop.examples.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Writes pictures of every kind, with an EXIF orientation where the kind can have one. */
final class PictureFiles {

  private static final int PNG_HEAD = 8 + 25;

  private PictureFiles() {}

  /** A kind of file, and of the colours in it. */
  enum Kind {
    JPEG(false, false),
    JPEG_PROGRESSIVE(false, true),
    JPEG_GREY(true, false),
    JPEG_GREY_PROGRESSIVE(true, true),
    PNG(false, false),
    PNG_INTERLACED(false, true),
    PNG_GREY(true, false),
    TIFF(false, false),
    TIFF_GREY(true, false),
    GIF(false, false),
    BMP(false, false),
    BMP_GREY(true, false);

    final boolean grey;
    final boolean progressive;

    Kind(boolean grey, boolean progressive) {
      this.grey = grey;
      this.progressive = progressive;
    }

    String format() {
      return name().replaceAll("_.*", "").toLowerCase(Locale.ROOT);
    }
  }

  /** Encodes an image without an orientation. */
  static byte[] encode(BufferedImage image, Kind kind) throws IOException {
    return encode(image, kind, 0);
  }

  private static byte[] encode(BufferedImage image, Kind kind, int tiffOrientation)
      throws IOException {
    BufferedImage drawn =
        new BufferedImage(
            image.getWidth(),
            image.getHeight(),
            kind.grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int value = image.getRaster().getSample(x, y, 0);
        for (int band = 0; band < drawn.getRaster().getNumBands(); band++) {
          drawn.getRaster().setSample(x, y, band, value);
        }
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName(kind.format()).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (kind.progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      IIOMetadata metadata =
          tiffOrientation == 0 ? null : tiffMetadata(writer, drawn, tiffOrientation);
      writer.setOutput(out);
      writer.write(null, new IIOImage(drawn, null, metadata), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Encodes an image as JPEG, PNG or TIFF with an orientation, 1 to 8. */
  static byte[] encode(BufferedImage image, Kind kind, int orientation, ByteOrder order)
      throws IOException {
    return switch (kind.format()) {
      case "jpeg" -> withExifInJpeg(encode(image, kind), exif(orientation, order));
      case "png" -> withChunk(encode(image, kind), "eXIf", exif(orientation, order));
      case "tiff" -> encode(image, kind, orientation);
      default -> throw new IllegalArgumentException(kind + " has no orientation");
    };
  }

  /** A TIFF structure with nothing but an orientation. */
  static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer exif = ByteBuffer.allocate(26).order(order);
    exif.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    exif.putShort((short) 42).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    return exif.array();
  }

  private static byte[] withExifInJpeg(byte[] jpeg, byte[] exif) {
    ByteBuffer buffer = ByteBuffer.allocate(jpeg.length + exif.length + 10);
    buffer.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) 0xE1).putShort((short) (exif.length + 8));
    buffer.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif);
    return buffer.put(jpeg, 2, jpeg.length - 2).array();
  }

  /** A PNG file with one more chunk after its head. */
  static byte[] withChunk(byte[] png, String type, byte[] content) {
    ByteBuffer buffer = ByteBuffer.allocate(png.length + content.length + 12);
    buffer.put(png, 0, PNG_HEAD).putInt(content.length);
    buffer.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 sum = new CRC32();
    sum.update(buffer.array(), PNG_HEAD + 4, content.length + 4);
    buffer.putInt((int) sum.getValue());
    return buffer.put(png, PNG_HEAD, png.length - PNG_HEAD).array();
  }

  /** A simple WebP file turned into an extended one with an orientation. */
  static byte[] withExifInWebp(byte[] webp, int width, int height, byte[] exif) {
    byte[] simple = Arrays.copyOfRange(webp, 12, webp.length);
    int length = 12 + 18 + simple.length + 8 + exif.length;
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(ascii("RIFF")).putInt(length - 8).put(ascii("WEBP"));
    buffer.put(ascii("VP8X")).putInt(10).putInt(8);
    buffer.putShort((short) (width - 1)).put((byte) 0);
    buffer.putShort((short) (height - 1)).put((byte) 0);
    return buffer.put(simple).put(ascii("EXIF")).putInt(exif.length).put(exif).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static IIOMetadata tiffMetadata(ImageWriter writer, BufferedImage image, int orientation)
      throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            new ImageTypeSpecifier(image), writer.getDefaultWriteParam());
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
    IIOMetadataNode field = node("TIFFField", "number", "274");
    IIOMetadataNode shorts = new IIOMetadataNode("TIFFShorts");
    shorts.appendChild(node("TIFFShort", "value", String.valueOf(orientation)));
    field.appendChild(shorts);
    root.getFirstChild().appendChild(field);
    metadata.setFromTree(format, root);
    return metadata;
  }

  private static IIOMetadataNode node(String name, String attribute, String value) {
    IIOMetadataNode node = new IIOMetadataNode(name);
    node.setAttribute(attribute, value);
    return node;
  }
}
