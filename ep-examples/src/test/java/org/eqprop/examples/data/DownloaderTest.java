package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.core.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WORLD = "world!".getBytes(StandardCharsets.US_ASCII);
  private static final RemoteFile FIRST =
      new RemoteFile(
          "first", 5, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  private static final RemoteFile SECOND =
      new RemoteFile(
          "second", 6, "711e9609339e92b03ddc0a211827dba421f38f9ed8b9d806e1ffdd8c15ffa03d");

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  @TempDir Path root;
  private Path folder;
  private TinyServer server;

  @BeforeEach
  void startServer() throws IOException {
    folder = root.resolve("new/folder");
    server = new TinyServer().start();
    server.reply("/first", HELLO);
    server.reply("/second", WORLD);
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  @Test
  void allFilesComeIntoANewFolder() {
    download(PATIENCE, Progress.NONE, FIRST, SECOND);

    assertThat(folder.resolve("first")).hasBinaryContent(HELLO);
    assertThat(folder.resolve("second")).hasBinaryContent(WORLD);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void progressHearsOfEveryFileAndByte() {
    List<String> heard = new ArrayList<>();

    download(PATIENCE, recordInto(heard), FIRST, SECOND);

    assertThat(heard).containsExactly("first 5", "5", "done", "second 6", "6", "done");
  }

  @Test
  void whatIsThereAlreadyIsNotDownloadedAgain() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("first"), HELLO);
    Files.write(folder.resolve("second"), HELLO);

    download(PATIENCE, Progress.NONE, FIRST, SECOND);

    assertThat(server.requested()).containsExactly("/second");
    assertThat(folder.resolve("second")).hasBinaryContent(WORLD);
  }

  @Test
  void otherContentLeavesNothingBehind() {
    server.reply("/first", "jello".getBytes(StandardCharsets.US_ASCII));
    List<String> heard = new ArrayList<>();

    assertFails(PATIENCE, recordInto(heard), "not the published file, its SHA-256 differs");

    assertThat(folder).isEmptyDirectory();
    assertThat(heard).endsWith("done");
  }

  @Test
  void otherContentDoesNotReplaceAFileInPlace() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("first"), WORLD);
    server.reply("/first", "jello".getBytes(StandardCharsets.US_ASCII));

    assertFails(PATIENCE, Progress.NONE, "SHA-256");

    assertThat(folder.resolve("first")).hasBinaryContent(WORLD);
  }

  @Test
  void aTransferThatEndsTooEarlyLeavesNothingBehind() {
    server.reply("/first", Arrays.copyOf(HELLO, 3), 5);
    assertFails(PATIENCE, Progress.NONE, "/first (the answer ended too early)");
    assertThat(folder).isEmptyDirectory();

    server.reply("/first", Arrays.copyOf(HELLO, 3));
    assertFails(PATIENCE, Progress.NONE, "only 3 of 5 bytes came");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anAnswerThatIsNotHttpIsSaidToBeThat() {
    server.replyRaw("/first", "garbage, no status\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertFails(PATIENCE, Progress.NONE, "/first (the answer is not HTTP)");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTransferThatIsTooLongIsStopped() {
    server.reply("/first", WORLD);

    assertFails(PATIENCE, Progress.NONE, "longer than the published 5 bytes");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @Timeout(15)
  void aTransferThatStallsIsGivenUp() {
    server.reply("/first", Arrays.copyOf(HELLO, 3), 5);
    server.hangAfter("/first");

    assertFails(Duration.ofMillis(300), Progress.NONE, "no answer within 0.3 s");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileTheServerDoesNotHaveIsNamed() {
    RemoteFile third = new RemoteFile("third", 5, FIRST.sha256());

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(PATIENCE, Progress.NONE, third))
        .withMessageContaining(server.address() + "third (the server answered 404)");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void withoutAServerTheMessageNamesTheFolder() throws IOException {
    URI closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () ->
                new Downloader(null, PATIENCE)
                    .download(List.of(FIRST), closed, folder, Progress.NONE))
        .withMessageStartingWith("Cannot download " + closed + "first (")
        .withMessageContaining("no connection to the server; is there a network?")
        .withMessageEndingWith("; try again later, or put first into " + folder + " by hand.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anUnknownHostIsNamed() {
    assertAddressFails("http://host.invalid/", "http://host.invalid/mnist/train-images-idx3-ubyte");
  }

  @Test
  void anAddressThatIsNotHttpIsRefused() {
    assertAddressFails("file:///somewhere", "it is no http address");
    assertAddressFails("somewhere", "it is no http address");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "in the way");

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(PATIENCE, Progress.NONE, FIRST))
        .withMessageStartingWith(
            folder + ": cannot be written (a file of that name is in the way)");
  }

  @Test
  void anotherServerHasAFolderForEachSet() {
    Downloader downloader = new Downloader(server.address(), PATIENCE);

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> downloader.download(KnownDataset.FASHION_MNIST, folder, Progress.NONE));

    assertThat(server.requested()).containsExactly("/fashion-mnist/train-images-idx3-ubyte.gz");
  }

  @Test
  void theSystemPropertyNamesAnotherServer() {
    String withoutSlash = server.address() + "mirror";
    System.setProperty(Downloader.MIRROR_PROPERTY, withoutSlash);
    try {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> new Downloader().download(KnownDataset.MNIST, folder, Progress.NONE))
          .withMessageContaining(withoutSlash + "/mnist/train-images-idx3-ubyte.gz (");
      System.setProperty(Downloader.MIRROR_PROPERTY, "no address");
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(Downloader::new)
          .withMessageContaining("'no address' in eqprop.data.mirror is no address");
    } finally {
      System.clearProperty(Downloader.MIRROR_PROPERTY);
    }
  }

  @Test
  void whatAKilledDownloadLeftIsRemoved() throws Exception {
    Process ended = new ProcessBuilder(JAVA, "-version").redirectErrorStream(true).start();
    ended.getInputStream().readAllBytes();
    ended.waitFor();
    Files.createDirectories(folder);
    List<Path> left = new ArrayList<>();
    for (String name : List.of("first", "second")) {
      left.add(Files.write(folder.resolve(name + "." + ended.pid() + ".part"), HELLO));
    }
    Path another = Files.write(folder.resolve("third." + ended.pid() + ".part"), HELLO);
    long living = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
    Path alive = Files.write(folder.resolve("first." + living + ".part"), HELLO);
    Path mine = Files.write(folder.resolve("first.mine.part"), HELLO);
    Files.write(folder.resolve("first"), HELLO);

    download(PATIENCE, Progress.NONE, FIRST, SECOND);

    assertThat(left).noneMatch(Files::exists);
    assertThat(List.of(another, alive, mine)).allMatch(Files::exists);
  }

  @Test
  void aPartThatAnotherMachineWritesStays() throws Exception {
    Files.createDirectories(folder);
    Path part = folder.resolve("first." + Integer.MAX_VALUE + ".part");
    try (FileChannel writing = PartFile.open(part)) {
      writing.write(ByteBuffer.wrap(HELLO));
      download(PATIENCE, Progress.NONE, FIRST);
      assertThat(part).exists();
    }
    download(PATIENCE, Progress.NONE, FIRST);
    assertThat(part).doesNotExist();
  }

  @Test
  void namesAndPasswordsOfServersAreNotShown() {
    String secret = "https://me:pass%40word@";
    for (String text :
        List.of(
            secret + "host/a",
            "cannot reach " + secret + "host/a at all",
            "https://me:pa/ss@word@host/a",
            "http://host/a?token=password")) {
      assertThat(Credentials.without(text))
          .doesNotContain("pass", "me:", "word")
          .contains("host/a");
    }
    assertThat(Credentials.without("http://host:80/a@b")).doesNotContain("@");
    assertThat(Credentials.without("http://host:80/a (no @)")).isEqualTo("http://host:80/a (no @)");

    URI address = URI.create("http://me:password@127.0.0.1:" + server.address().getPort() + "/");
    Downloader downloader = new Downloader(address, PATIENCE);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> downloader.download(KnownDataset.MNIST, folder, Progress.NONE))
        .withMessageStartingWith("Cannot download " + server.address() + "mnist/")
        .matches(thrown -> !thrown.getMessage().contains("password"));
    System.setProperty(Downloader.MIRROR_PROPERTY, "https://me:pass word@host/");
    try {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(Downloader::new)
          .withMessageContaining("host/' in eqprop.data.mirror is no address")
          .matches(thrown -> !thrown.getMessage().contains("word@"));
    } finally {
      System.clearProperty(Downloader.MIRROR_PROPERTY);
    }
  }

  @Test
  void aServerThatAsksForAPasswordIsGivenThatOfItsAddress() {
    server.protect("/first", "me:pass:word");
    assertFails(PATIENCE, Progress.NONE, "the server answered 401");

    URI address = URI.create(server.address().toString().replace("//", "//me:pass:word@"));
    new Downloader(null, PATIENCE).download(List.of(FIRST), address, folder, Progress.NONE);
    assertThat(folder.resolve("first")).hasBinaryContent(HELLO);
  }

  @Test
  void anEmbeddedSetNeedsNoDownload() {
    new Downloader(server.address(), PATIENCE).download(KnownDataset.DIGITS, folder, Progress.NONE);

    assertThat(server.requested()).isEmpty();
    assertThat(folder).doesNotExist();
  }

  @Test
  void theAddressesOfTheKnownSetsAreSecureFolders() {
    for (KnownDataset set : KnownDataset.values()) {
      assertThat(KnownDataset.named(set.id())).contains(set);
      if (!set.isEmbedded()) {
        assertThat(set.source().toString()).startsWith("https://").endsWith("/");
        assertThat(set.files()).hasSize(4).allMatch(file -> file.sha256().matches("[0-9a-f]{64}"));
      }
    }
  }

  private void download(Duration patience, Progress progress, RemoteFile... files) {
    new Downloader(null, patience).download(List.of(files), server.address(), folder, progress);
  }

  private void assertFails(Duration patience, Progress progress, String why) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(patience, progress, FIRST))
        .withMessageStartingWith("Cannot download " + server.address() + "first (")
        .withMessageContaining(why)
        .withMessageEndingWith("; try again later, or put first into " + folder + " by hand.");
  }

  private void assertAddressFails(String mirror, String message) {
    Downloader downloader = new Downloader(URI.create(mirror), PATIENCE);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> downloader.download(KnownDataset.MNIST, folder, Progress.NONE))
        .withMessageContaining(message)
        .withMessageContaining("put train-images-idx3-ubyte.gz into " + folder);
  }

  private static Progress recordInto(List<String> heard) {
    return new Progress() {
      @Override
      public void start(String what, long totalBytes) {
        heard.add(what + " " + totalBytes);
      }

      @Override
      public void advance(long bytes) {
        heard.add(String.valueOf(bytes));
      }

      @Override
      public void done() {
        heard.add("done");
      }
    };
  }
}
