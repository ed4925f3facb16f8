package org.eqprop.examples.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server on this machine that can also misbehave. */
public final class TinyServer implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final Map<String, byte[]> replies = new ConcurrentHashMap<>();
  private final Map<String, String> protectedPaths = new ConcurrentHashMap<>();
  private final List<String> requested = new CopyOnWriteArrayList<>();
  private final Set<String> hangAfter = ConcurrentHashMap.newKeySet();
  private final List<Socket> hanging = new CopyOnWriteArrayList<>();

  /** A server on a free port, not yet started. */
  public TinyServer() throws IOException {}

  /** Starts to answer; what no reply is set for is not found. */
  public TinyServer start() {
    Thread.ofPlatform().daemon().start(this::serve);
    return this;
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  /** Answers a path with a body. */
  public void reply(String path, byte[] body) {
    reply(path, body, body.length);
  }

  /** Announces one length, sends another, then closes. */
  void reply(String path, byte[] body, int announced) {
    byte[] head = head("200 OK", announced);
    byte[] whole = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    replies.put(path, whole);
  }

  /** Answers a path with these bytes and nothing else, not even a status. */
  void replyRaw(String path, byte[] whole) {
    replies.put(path, whole);
  }

  /** Leaves the connection open, and silent, after the reply. */
  void hangAfter(String path) {
    hangAfter.add(path);
  }

  /** Answers a path only to who gives this name and password, as {@code name:password}. */
  void protect(String path, String credentials) {
    String encoded =
        Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    protectedPaths.put(path, "authorization: basic " + encoded);
  }

  /** Returns the paths asked for so far. */
  public List<String> requested() {
    return requested;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : hanging) {
      socket.close();
    }
  }

  private void serve() {
    try {
      while (true) {
        answer(server.accept());
      }
    } catch (IOException e) {
      // The server was closed: the test is over.
      replies.clear();
    }
  }

  private void answer(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String path = String.valueOf(in.readLine()).split(" ", -1)[1];
    String key = protectedPaths.getOrDefault(path, "");
    boolean welcome = key.isEmpty();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      welcome |= line.equalsIgnoreCase(key);
    }
    requested.add(path);
    OutputStream out = socket.getOutputStream();
    out.write(
        welcome
            ? replies.getOrDefault(path, head("404 Not Found", 0))
            : head("401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"mirror\"", 0));
    out.flush();
    if (hangAfter.contains(path)) {
      hanging.add(socket);
    } else {
      socket.close();
    }
  }

  private static byte[] head(String status, int length) {
    return String.format(
            "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", status, length)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
