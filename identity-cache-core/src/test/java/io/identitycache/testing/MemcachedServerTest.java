package io.identitycache.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemcachedServerTest {
  private final MemcachedServer server = MemcachedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void rawPut_isReadBack() {
    byte[] value = {0, '\r', '\n', (byte) 0xff};
    server.rawPut("key", value);
    assertThat(server.rawGet("key")).hasValue(value);
    assertThat(server.rawGet("other")).isEmpty();
  }

  @Test
  void flush_emptiesTheServer() {
    server.rawPut("key", "value".getBytes(UTF_8));
    server.flush();
    assertThat(server.rawGet("key")).isEmpty();
  }

  @Test
  void stat_countsGets() {
    server.rawGet("key");
    assertThat(server.stat("cmd_get")).isEqualTo("1");
    assertThatThrownBy(() -> server.stat("no_such")).hasMessageContaining("no_such");
  }

  @Test
  void restart_keepsTheAddressAndLosesTheContents() {
    server.rawPut("key", "value".getBytes(UTF_8));
    String address = server.address();
    server.restart();
    assertThat(server.address()).isEqualTo(address);
    assertThat(server.rawGet("key")).isEmpty();
  }

  @Test
  void kill_refusesConnectionsUntilRestart() {
    server.kill();
    assertThatThrownBy(() -> server.rawGet("key")).hasMessageContaining(server.address());
    server.restart();
    assertThat(server.rawGet("key")).isEmpty();
  }

  @Test
  void freeze_leavesRequestsUnansweredUntilThaw() throws Exception {
    server.freeze();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 1000);
      socket.setSoTimeout(50);
      socket.getOutputStream().write("version\r\n".getBytes(UTF_8));
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      server.thaw();
      socket.setSoTimeout(5000);
      assertThat(socket.getInputStream().read()).isEqualTo('V');
    }
  }

  @Test
  void stop_endsAFrozenServer() {
    server.freeze();
    server.stop();
    assertThatThrownBy(() -> server.stat("pid")).hasMessageContaining(server.address());
  }

  @Test
  void start_passesExtraArguments() {
    try (MemcachedServer small = MemcachedServer.start("-m", "8")) {
      assertThat(small.stat("limit_maxbytes")).isEqualTo(String.valueOf(8 * 1024 * 1024));
    }
  }

  @Test
  void start_withoutTheBinary_saysWhatToRun() {
    assertThatThrownBy(() -> MemcachedServer.start("memcached-that-is-not-there", List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("memcached-that-is-not-there")
        .hasMessageContaining("apt-get install memcached");
  }

  @Test
  void start_withABadArgument_saysWhatMemcachedSaid() {
    assertThatThrownBy(() -> MemcachedServer.start("--no-such-option"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no-such-option");
  }
}
