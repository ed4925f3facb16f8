package org.eqprop.examples.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.eqprop.core.DataException;

/**
 * One file on its way from a server. HttpURLConnection rather than HttpClient, because its read
 * timeout also ends a transfer that stalls halfway.
 */
final class Transfer {

  private final URI from;
  private final RemoteFile file;
  private final Path folder;
  private final Duration patience;

  /** Prepares to transfer a file; the folder is where the user can put it by hand. */
  Transfer(URI from, RemoteFile file, Path folder, Duration patience) {
    this.from = from;
    this.file = file;
    this.folder = folder;
    this.patience = patience;
  }

  /**
   * Writes the file, replacing what is there.
   *
   * @throws DataException if the network or the server fails or the length is not the published one
   * @throws IOException if the disk fails
   */
  void to(Path target, Progress progress) throws IOException {
    try (InputStream in = open();
        FileChannel channel = PartFile.open(target);
        OutputStream out = Channels.newOutputStream(channel)) {
      byte[] buffer = new byte[1 << 16];
      long received = 0;
      for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
        received += n;
        if (received > file.bytes()) {
          throw failed("what comes is longer than the published " + file.bytes() + " bytes");
        }
        out.write(buffer, 0, n);
        progress.advance(n);
      }
      if (received < file.bytes()) {
        throw failed("only " + received + " of " + file.bytes() + " bytes came");
      }
    }
  }

  /** Says that the file could not be had, why, and what the user can do. */
  DataException failed(String why) {
    return new DataException(
        String.format(
            "Cannot download %s (%s); try again later, or put %s into %s by hand.",
            Credentials.without(from.toString()), Credentials.without(why), file.name(), folder));
  }

  private InputStream open() {
    try {
      if (!(from.toURL().openConnection() instanceof HttpURLConnection connection)) {
        throw failed("it is no http address");
      }
      int millis = Math.toIntExact(patience.toMillis());
      connection.setConnectTimeout(millis);
      connection.setReadTimeout(millis);
      Credentials.give(from, connection);
      int status = connection.getResponseCode();
      if (status < 0) {
        connection.disconnect();
        throw failed("the answer is not HTTP");
      }
      if (status != HttpURLConnection.HTTP_OK) {
        connection.disconnect();
        throw failed("the server answered " + status);
      }
      return connection.getInputStream();
    } catch (IOException e) {
      throw failed(why(e));
    } catch (IllegalArgumentException e) {
      // URI.toURL says so of an address without a scheme.
      throw failed("it is no http address");
    }
  }

  private int read(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw failed(why(e));
    }
  }

  private String why(IOException e) {
    if (e instanceof UnknownHostException) {
      return "the host is not known; is there a network?";
    }
    if (e instanceof ConnectException) {
      return "there is no connection to the server; is there a network?";
    }
    if (e instanceof EOFException || "Premature EOF".equals(e.getMessage())) {
      return "the answer ended too early";
    }
    if (e instanceof SocketTimeoutException) {
      return "no answer within " + patience.toMillis() / 1000.0 + " s";
    }
    return DataException.reason(e);
  }
}
