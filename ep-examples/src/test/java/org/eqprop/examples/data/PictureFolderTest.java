package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.eqprop.core.DataException;
import org.eqprop.examples.mutation.Judge;
import org.eqprop.examples.mutation.Mutator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders with a sub-folder of pictures for each class. */
class PictureFolderTest {
  private static final int HEIGHT = 3;
  private static final int WIDTH = 4;
  private static final int MUTANTS = 300;

  @TempDir private Path root;

  @Test
  void colouredPicturesOfTwoPartsAreReadAsTheyAre() throws IOException {
    write("train/cat/1.png", 0x102030);
    write("train/ant/1.png", 0x405060);
    write("train/ant/.hidden.png", 0);
    write("train/ant/deeper/2.png", 0x708090);
    write("test/bee/1.png", 0xA0B0C0);
    Files.writeString(root.resolve("train/ant/notes.txt"), "x");

    FoundData found = new Datasets().find(root.toString(), null);
    Dataset train = found.parts().train();
    Dataset test = found.parts().test();

    assertThat(train.shape()).hasToString("3x3x4");
    assertThat(train.classLabels()).hasToString("ant, bee, cat");
    assertThat(colours(train)).containsExactlyInAnyOrder("cat 102030", "ant 405060", "ant 708090");
    assertThat(colours(test)).containsExactly("bee a0b0c0");
    assertThat(found.remarks())
        .containsExactly(
            "No picture, so not read: " + root.resolve("train/ant/notes.txt") + ".",
            "Some classes of " + root + " have test pictures only.");
  }

  @Test
  void valuesAreThoseOfThePixelsChannelByChannel() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x01FF03);
    image.setRGB(1, 0, 0x0405FE);
    for (String name : List.of("a/1.png", "b/1.bmp")) {
      Path file =
          Files.createDirectories(root.resolve(name).getParent()).resolve(name.substring(2));
      ImageIO.write(image, name.substring(4), file.toFile());
    }

    Dataset train = load().train();

    assertThat(image(train, 0))
        .containsExactly(1 / 255f, 4 / 255f, 255 / 255f, 5 / 255f, 3 / 255f, 254 / 255f);
  }

  @Test
  void allGreyIsOneChannelAndSomeColourIsThree() throws IOException {
    for (int i = 0; i < 4; i++) {
      write(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), "c" + i % 2 + "/" + i + ".png");
    }
    assertThat(load().train().shape()).hasToString("1x2x2");

    write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "c0/9.png");
    assertThat(load().train().shape()).hasToString("3x2x2");
  }

  @Test
  void sixteenBitsAreKept() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 1000);
    write(image, "a/1.png");
    write(image, "b/1.png");

    assertThat(image(load().train(), 0)).containsExactly(1000f / 65535f);
  }

  @Test
  void theSplitIsSeededAndTakesItsShareOfEachClass() throws IOException {
    for (int i = 0; i < 40; i++) {
      write((i < 10 ? "few/" : "many/") + i + ".png", i);
    }
    TrainTest usual = load();

    assertThat(counts(usual.test())).isEqualTo(Map.of("few", 2, "many", 6));
    assertThat(counts(usual.train())).isEqualTo(Map.of("few", 8, "many", 24));
    assertThat(colours(load().test())).isEqualTo(colours(usual.test()));
    TrainTest other = find(new ReadOptions(0.2, true, 2, 0, "", true)).parts();
    assertThat(colours(other.test())).isNotEqualTo(colours(usual.test()));
    assertThat(find(new ReadOptions(0.5, true, 1, 0, "", true)).parts().test().size())
        .isEqualTo(20);
    List<String> all = new java.util.ArrayList<>(colours(usual.train()));
    all.addAll(colours(usual.test()));
    assertThat(all).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void aLimitTakesThatManyOfAllClasses() throws IOException {
    for (int i = 0; i < 40; i++) {
      write((i < 20 ? "a/" : "b/") + i + ".png", i);
    }
    FoundData all = find(ReadOptions.USUAL);
    FoundData few = find(new ReadOptions(0.2, false, 1, 12, "", true));

    assertThat(few.identity()).isEqualTo(all.identity());
    assertThat(colours(few.parts().train())).isEqualTo(colours(all.parts().train().first(12)));
    assertThat(counts(few.parts().train()).values()).allMatch(count -> count > 2);
    assertThat(few.parts().test().size()).isEqualTo(8);
  }

  @Test
  void theIdentityIsThatOfNamesAndContents() throws IOException {
    write("a/1.png", 1);
    write("b/1.png", 2);
    DataIdentity before = find(ReadOptions.USUAL).identity();
    assertThat(find(ReadOptions.USUAL).identity()).isEqualTo(before);

    write("b/1.png", 3);
    assertThat(find(ReadOptions.USUAL).identity().differences(before.parts()))
        .isEqualTo("pictures");
    write("b/1.png", 2);
    Files.move(root.resolve("b"), root.resolve("c"));
    assertThat(find(ReadOptions.USUAL).identity()).isNotEqualTo(before);
  }

  @Test
  void foldersWithMistakesAreRefusedInASentence() throws IOException {
    write("a/1.png", 1);
    assertRefused(root + ": there is only one picture; put more pictures there.");
    write("b/1.png", 1);
    write("b/2.png", 1);
    write(new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB), "b/3.png");
    assertRefused(
        root.resolve("b/3.png")
            + ": the picture has 5 x 3 pixels, but most pictures there have 4 x 3;"
            + " scale all pictures to one size.");
    Files.write(root.resolve("b/3.png"), new byte[] {1, 2, 3});
    assertRefused(
        root.resolve("b/3.png") + ": not an image of a known format; give a PNG or JPEG file.");
    Files.delete(root.resolve("b/3.png"));
    Files.createDirectory(root.resolve("c"));
    assertRefused(
        root.resolve("c")
            + ": the folder of a class has no pictures; put PNG or JPEG files there, or remove the"
            + " folder.");
  }

  @Test
  void partsWithMistakesAreRefusedInASentence() throws IOException {
    write("val/a/1.png", 1);
    assertRefused(
        root
            + ": there is a folder val, but no folder train; call the folder with the training"
            + " pictures train.");
    write("train/a/1.png", 1);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> find(new ReadOptions(0.5, true, 1, 0, "", true)))
        .withMessage(root + ": there is a test part already; leave --test-share out.");
  }

  /** PNG has checksums: a mutant that is read has the size of the rest and values in [0, 1]. */
  @Test
  void mutants() throws IOException {
    write("a/1.png", 0x123456);
    write("b/1.png", 0x654321);
    write("b/2.png", 0x777777);
    Path file = root.resolve("b/1.png");
    byte[] original = Files.readAllBytes(file);
    Mutator mutator = new Mutator(41);
    Judge judge = new Judge(file, DataException.class);
    for (int i = 0; i < MUTANTS; i++) {
      judge.judge(
          mutator.bytes(original),
          mutant -> {
            TrainTest both = load();
            assertThat(both.train().size() + both.test().size()).isEqualTo(3);
            for (Dataset part : List.of(both.train(), both.test())) {
              assertThat(colours(part)).isSubsetOf("a 123456", "b 654321", "b 777777");
            }
          });
    }
    assertThat(judge.refused()).isGreaterThan(MUTANTS / 2);
  }

  private void assertRefused(String sentence) {
    assertThatExceptionOfType(DataException.class).isThrownBy(this::load).withMessage(sentence);
  }

  private TrainTest load() {
    return find(ReadOptions.USUAL).parts();
  }

  private FoundData find(ReadOptions options) {
    return new Datasets().find(root.toString(), null, options);
  }

  /** The class and the colour of each sample, whose pixels must all be the same. */
  private static List<String> colours(Dataset set) {
    int area = set.shape().height() * set.shape().width();
    return IntStream.range(0, set.size())
        .mapToObj(
            i -> {
              float[] values = image(set, i);
              StringBuilder text = new StringBuilder(set.classLabels().name(set.label(i)) + " ");
              for (int c = 0; c < 3; c++) {
                float[] plane = Arrays.copyOfRange(values, c * area, (c + 1) * area);
                for (float value : plane) {
                  assertThat(value).isEqualTo(plane[0]);
                }
                text.append(String.format("%02x", Math.round(plane[0] * 255)));
              }
              return text.toString();
            })
        .toList();
  }

  private static Map<String, Integer> counts(Dataset set) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < set.size(); i++) {
      counts.merge(set.classLabels().name(set.label(i)), 1, Integer::sum);
    }
    return counts;
  }

  private static float[] image(Dataset set, int i) {
    float[] values = new float[set.shape().size()];
    set.copyImage(i, values, 0);
    return values;
  }

  private void write(String name, int colour) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, colour);
    }
    write(image, name);
  }

  private void write(BufferedImage image, String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}
