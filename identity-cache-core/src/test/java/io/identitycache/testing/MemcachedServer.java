package io.identitycache.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real memcached of the test's own, on a free loopback port, that can be made to fail: killed,
 * restarted on its port, frozen. It talks to its server over a plain socket, so that it never
 * shares a fault with the client under test.
 *
 * <p>Ends its process in {@link #close} and at the end of the JVM. Meant for one test thread.
 */
public final class MemcachedServer implements AutoCloseable {
  private static final String COMMAND = "memcached";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int PORT_ATTEMPTS = 5;

  private final String command;
  private final List<String> extraArguments;
  private final int port;
  private final Path output;
  private final Thread endWithJvm = new Thread(this::endProcess, "end memcached");
  private @Nullable Process process;
  private @Nullable LastWill lastWill;

  private MemcachedServer(String command, List<String> extraArguments, int port)
      throws IOException {
    this.command = command;
    this.extraArguments = extraArguments;
    this.port = port;
    this.output = Files.createTempFile("memcached-", ".log");
    output.toFile().deleteOnExit();
  }

  /**
   * Starts a server that is ready to answer.
   *
   * @param extraArguments of the command line, such as {@code "-I", "2m"}; a later one wins over
   *     ours
   */
  public static MemcachedServer start(String... extraArguments) {
    return start(COMMAND, List.of(extraArguments));
  }

  static MemcachedServer start(String command, List<String> extraArguments) {
    for (int attempt = 1; ; attempt++) {
      try {
        MemcachedServer server = new MemcachedServer(command, extraArguments, freePort());
        try {
          server.launch();
        } catch (RuntimeException | Error e) {
          server.close();
          throw e;
        }
        Runtime.getRuntime().addShutdownHook(server.endWithJvm);
        return server;
      } catch (PortTaken e) {
        // Between our look and memcached's bind another process may take the port.
        if (attempt == PORT_ATTEMPTS) {
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Where the server listens: {@code 127.0.0.1:port}, the same after a {@link #restart}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Ends the server in order; connections are closed, its contents are lost. */
  public void stop() {
    Process running = running();
    // A frozen server would keep the SIGTERM waiting.
    signal("CONT");
    end(running, Process::destroy);
  }

  /** Ends the server as a crash would (SIGKILL). */
  public void kill() {
    Process running = running();
    end(running, Process::destroyForcibly);
  }

  /** Starts the server again, empty and on the same port, ending it first if it runs. */
  public void restart() {
    endProcess();
    launch();
  }

  /**
   * Stops the server from running while it keeps its connections open (SIGSTOP): a server that
   * hangs.
   */
  public void freeze() {
    signal("STOP");
    // the signal is delivered late on a busy machine, and a thread of the server may still answer
    Path threads = Path.of("/proc", String.valueOf(running().pid()), "task");
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> areStopped(threads));
  }

  private static boolean areStopped(Path threads) throws IOException {
    try (Stream<Path> each = Files.list(threads)) {
      for (Path thread : each.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        // the state follows the name, which is in brackets
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Lets a frozen server go on (SIGCONT), with its contents and with the requests that have piled
   * up.
   */
  public void thaw() {
    signal("CONT");
  }

  /** Empties the server ({@code flush_all}). */
  public void flush() {
    try (Conversation conversation = new Conversation()) {
      conversation.say("flush_all\r\n");
      conversation.expect("OK");
    } catch (IOException e) {
      throw failed("flush_all", e);
    }
  }

  /** One value of {@code stats}, such as {@code curr_items} or {@code cmd_get}. */
  public String stat(String name) {
    try (Conversation conversation = new Conversation()) {
      conversation.say("stats\r\n");
      String prefix = "STAT " + name + " ";
      String value = null;
      for (String line = conversation.line(); !line.equals("END"); line = conversation.line()) {
        if (line.startsWith(prefix)) {
          value = line.substring(prefix.length());
        }
      }
      if (value == null) {
        throw new IllegalArgumentException("memcached has no statistic \"" + name + "\"");
      }
      return value;
    } catch (IOException e) {
      throw failed("stats", e);
    }
  }

  /** The bytes stored under a key, or empty when there are none. */
  public Optional<byte[]> rawGet(String key) {
    try (Conversation conversation = new Conversation()) {
      conversation.say("get " + key + "\r\n");
      String header = conversation.line();
      if (header.equals("END")) {
        return Optional.empty();
      }
      String[] words = header.split(" ");
      if (words.length < 4 || !words[0].equals("VALUE")) {
        throw new IOException("unexpected answer \"" + header + "\"");
      }
      byte[] value = conversation.bytes(Integer.parseInt(words[3]));
      conversation.expect("");
      conversation.expect("END");
      return Optional.of(value);
    } catch (IOException e) {
      throw failed("get " + key, e);
    }
  }

  /** Stores bytes under a key, without flags and without an end. */
  public void rawPut(String key, byte[] value) {
    try (Conversation conversation = new Conversation()) {
      conversation.say("set " + key + " 0 0 " + value.length + "\r\n", value, "\r\n");
      conversation.expect("STORED");
    } catch (IOException e) {
      throw failed("set " + key, e);
    }
  }

  @Override
  public void close() {
    endProcess();
    try {
      Runtime.getRuntime().removeShutdownHook(endWithJvm);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
    }
    try {
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "memcached at " + address();
  }

  private void launch() {
    List<String> line = new ArrayList<>();
    line.add(command);
    // -u matters to root only, whom memcached refuses to run as; -U 0: no UDP.
    line.addAll(
        List.of(
            "-l", "127.0.0.1", "-p", String.valueOf(port), "-u", "nobody", "-m", "64", "-U", "0"));
    line.addAll(extraArguments);
    Process started;
    try {
      started =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "The tests need a real memcached, and \""
              + command
              + "\" could not be started. Run \"apt-get install memcached\" as root, or ./test, which does that.",
          e);
    }
    process = started;
    lastWill = LastWill.write("kill -KILL " + started.pid() + "; rm -f '" + output + "'");
    awaitReady(started);
  }

  private void awaitReady(Process started) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Conversation conversation = new Conversation()) {
        conversation.say("version\r\n");
        if (conversation.line().startsWith("VERSION ") && started.isAlive()) {
          return;
        }
      } catch (IOException notYet) {
        // Not listening yet.
      }
      if (!started.isAlive()) {
        String said = said();
        String message = "memcached ended at once, saying: " + said;
        throw said.contains("Address already in use")
            ? new PortTaken(message)
            : new IllegalStateException(message);
      }
      if (System.nanoTime() > deadline) {
        endProcess();
        throw new IllegalStateException(
            "memcached did not answer within " + PATIENCE + ": " + said());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for memcached", e);
    }
  }

  private String said() {
    try {
      return Files.readString(output).strip();
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  private Process running() {
    Process current = process;
    if (current == null || !current.isAlive()) {
      throw new IllegalStateException(this + " is not running");
    }
    return current;
  }

  private void signal(String name) {
    String pid = String.valueOf(running().pid());
    try {
      Process signalling = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start();
      if (signalling.waitFor() != 0) {
        throw new IllegalStateException("could not send SIG" + name + " to " + this);
      }
    } catch (IOException e) {
      throw failed("SIG" + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while signalling " + this, e);
    }
  }

  private void endProcess() {
    Process current = process;
    if (current != null && current.isAlive()) {
      // Not in order: memcached takes up to a second to notice a SIGTERM, and there is nothing to
      // save.
      end(current, Process::destroyForcibly);
    } else {
      revokeLastWill();
    }
  }

  private void end(Process ending, Consumer<Process> how) {
    revokeLastWill();
    how.accept(ending);
    try {
      if (!ending.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        ending.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      ending.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void revokeLastWill() {
    LastWill will = lastWill;
    if (will != null) {
      will.revoke();
      lastWill = null;
    }
  }

  private IllegalStateException failed(String what, IOException e) {
    return new IllegalStateException(this + ": " + what + " failed", e);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final class PortTaken extends IllegalStateException {
    PortTaken(String message) {
      super(message);
    }
  }

  /** One connection in memcached's text protocol. */
  private final class Conversation implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream answers;

    Conversation() throws IOException {
      try {
        socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        answers = new BufferedInputStream(socket.getInputStream());
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }

    void say(String text) throws IOException {
      say(text, new byte[0], "");
    }

    void say(String before, byte[] bytes, String after) throws IOException {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      message.write(before.getBytes(US_ASCII));
      message.write(bytes);
      message.write(after.getBytes(US_ASCII));
      message.writeTo(socket.getOutputStream());
    }

    void expect(String expected) throws IOException {
      String line = line();
      if (!line.equals(expected)) {
        throw new IOException("expected \"" + expected + "\", but it answered \"" + line + "\"");
      }
    }

    String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = answers.read(); next != '\n'; next = answers.read()) {
        if (next < 0) {
          throw new EOFException("the connection was closed");
        }
        line.write(next);
      }
      return line.toString(US_ASCII).stripTrailing();
    }

    byte[] bytes(int length) throws IOException {
      byte[] bytes = answers.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("the connection was closed");
      }
      return bytes;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
