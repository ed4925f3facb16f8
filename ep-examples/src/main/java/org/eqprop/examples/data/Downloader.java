package org.eqprop.examples.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.eqprop.core.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Downloads the files of a known data set. Each file is first written beside its place under a name
 * that ends in {@code .part}, and moved there in one step once its length and SHA-256 are those
 * published: a file in place is always whole. What a download left that was killed is removed by
 * the next one.
 */
public final class Downloader {

  /**
   * The system property that names another server to download from, as an address below which each
   * set has a folder of its name.
   */
  public static final String MIRROR_PROPERTY = "eqprop.data.mirror";

  private static final int MOST_PORT = 65535;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final @Nullable URI mirror;
  private final Duration patience;

  /**
   * Downloads from the published sources, or from the server named by {@link #MIRROR_PROPERTY}.
   *
   * @throws DataException if the property is set to something that is no address
   */
  public Downloader() {
    this(address(System.getProperty(MIRROR_PROPERTY)), PATIENCE);
  }

  /**
   * Downloads from a given server.
   *
   * @param mirror an http or https address below which each set has a folder of its name; null for
   *     the published sources
   * @param patience how long to wait for the connection, and then for each next byte, in whole
   *     milliseconds
   */
  public Downloader(@Nullable URI mirror, Duration patience) {
    this.mirror = mirror;
    this.patience = patience;
  }

  /**
   * Downloads what is not there yet. A file that is there with the published content is left alone,
   * any other is replaced.
   *
   * @param set the set; nothing happens if it is embedded
   * @param folder where the files go, made if need be; usually {@link DataFolders#cache}
   * @param progress hears of each file that is downloaded
   * @throws DataException if the network or the server fails, if what comes is not what was
   *     published, or if the folder cannot be written; files already in place stay
   */
  public void download(KnownDataset set, Path folder, Progress progress) {
    if (!set.isEmbedded()) {
      download(set.files(), address(set), folder, progress);
    }
  }

  /** Downloads files that lie side by side; the address ends with a slash. */
  void download(List<RemoteFile> files, URI from, Path folder, Progress progress) {
    try {
      Files.createDirectories(folder);
      for (RemoteFile file : files) {
        PartFile.removeRemnants(folder, file);
        fetch(file, from.resolve(file.name()), folder, progress);
      }
    } catch (IOException e) {
      String what = "cannot be written (" + DataException.reason(e) + ")";
      throw new DataException(folder, what, "choose another folder or make room there", e);
    }
  }

  private void fetch(RemoteFile file, URI from, Path folder, Progress progress) throws IOException {
    Path target = folder.resolve(file.name());
    if (Checksum.matches(target, file)) {
      return;
    }
    // The process id in its name keeps two programs that download at the same time apart.
    Path part = PartFile.of(target);
    part.toFile().deleteOnExit();
    progress.start(file.name(), file.bytes());
    try {
      Transfer transfer = new Transfer(from, file, folder, patience);
      transfer.to(part, progress);
      if (!Checksum.matches(part, file)) {
        throw transfer.failed("what came is not the published file, its SHA-256 differs");
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      progress.done();
      Files.deleteIfExists(part);
    }
  }

  private URI address(KnownDataset set) {
    if (mirror == null) {
      return set.source();
    }
    String slash = mirror.toString().endsWith("/") ? "" : "/";
    return URI.create(mirror + slash + set.id() + "/");
  }

  private static @Nullable URI address(@Nullable String property) {
    if (property == null || property.isEmpty()) {
      return null;
    }
    URI address;
    try {
      address = URI.create(property);
    } catch (IllegalArgumentException e) {
      throw noAddress(property);
    }
    boolean web = "http".equalsIgnoreCase(address.getScheme());
    web |= "https".equalsIgnoreCase(address.getScheme());
    int port = address.getPort();
    if (!web || address.getHost() == null || port == 0 || port > MOST_PORT) {
      throw noAddress(property);
    }
    return address;
  }

  private static DataException noAddress(String property) {
    return new DataException(
        "'"
            + Credentials.without(property.replaceFirst("//.*@", "//"))
            + "' in "
            + MIRROR_PROPERTY
            + " is no address; give one like https://host/path, with a port from 1 to "
            + MOST_PORT
            + " if any.");
  }
}
