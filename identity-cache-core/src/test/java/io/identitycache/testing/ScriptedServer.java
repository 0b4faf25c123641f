package io.identitycache.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A server on a loopback port that gives the answers it was told to give, right or wrong, to the
 * commands of memcached's text protocol:
 *
 * <pre>{@code
 * server.answer("get", "SERVER_ERROR out of memory\r\n");   // from now on
 * server.answer("add", ScriptedServer.SILENCE);
 * server.answer("cas", "STO" + ScriptedServer.HANG_UP);     // half a line, then the end
 * }</pre>
 *
 * A command without an answer of its own gets {@code ERROR}; {@code version} is always answered.
 */
public final class ScriptedServer implements AutoCloseable {

  /** No answer, ever. */
  public static final String SILENCE = "";

  /** Ends the connection; may follow an answer. */
  public static final String HANG_UP = "\0";

  private final ServerSocket listening;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  private ScriptedServer(ServerSocket listening) {
    this.listening = listening;
  }

  /** Starts a server that knows no command but {@code version}. */
  public static ScriptedServer start() {
    try {
      ScriptedServer server =
          new ScriptedServer(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
      server.answer("version", "VERSION 1.6.18\r\n");
      daemon("scripted server", server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives this answer to each command of the name from now on. */
  public void answer(String command, String answer) {
    answers.put(command, answer);
  }

  /** The first words of the command lines received so far, {@code version} left out. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        connections.add(connection);
        daemon("scripted connection", () -> converse(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void converse(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      for (String line = line(in); line != null; line = line(in)) {
        String[] words = line.split(" ");
        if (List.of("add", "cas", "set").contains(words[0])) {
          in.readNBytes(Integer.parseInt(words[4]) + 2);
        }
        if (!words[0].equals("version")) {
          commands.add(words[0]);
        }
        String answer = answers.getOrDefault(words[0], "ERROR\r\n");
        connection.getOutputStream().write(answer.replace(HANG_UP, "").getBytes(ISO_8859_1));
        if (answer.endsWith(HANG_UP)) {
          return;
        }
      }
    } catch (IOException ended) {
      // the client has had enough
    }
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
