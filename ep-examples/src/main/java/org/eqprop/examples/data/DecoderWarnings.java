package org.eqprop.examples.data;

import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Listens to what a decoder complains about. The JPEG decoder goes on at damage and at the end of a
 * cut file, fills the rest with grey, and only warns.
 */
final class DecoderWarnings implements IIOReadWarningListener {

  /**
   * Warnings that say nothing about pixels: metadata, colour profiles, and bytes between the last
   * pixel and the marker of the end, which some cameras leave there.
   */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "ICC|profile|Exif|EXIF|JFIF|Adobe|metadata|thumbnail|extraneous bytes before marker"
              + " 0xd9");

  private final boolean jpeg;
  private boolean damage;

  /**
   * Makes a listener.
   *
   * @param jpeg whether the file is a JPEG; other decoders throw exceptions at damaged pixels, and
   *     their warnings are about metadata
   */
  DecoderWarnings(boolean jpeg) {
    this.jpeg = jpeg;
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    damage |= jpeg && !HARMLESS.matcher(warning).find();
  }

  /** Whether pixels are missing or wrong. */
  boolean tellOfDamage() {
    return damage;
  }
}
