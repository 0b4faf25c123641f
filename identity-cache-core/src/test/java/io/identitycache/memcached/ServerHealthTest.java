package io.identitycache.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServerHealthTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final ServerHealth health =
      new ServerHealth(new InetSocketAddress("127.0.0.1", 11211), nanos::get);

  @Test
  void theThirdTimeoutInARow_closesTheServerToCallers() {
    health.timedOut();
    health.timedOut();
    assertThat(health.permits()).isTrue();
    health.timedOut();
    assertThat(health.permits()).isFalse();
  }

  @Test
  void anAnswerInBetween_startsTheCountAgain() {
    health.timedOut();
    health.timedOut();
    health.answered();
    health.timedOut();
    health.timedOut();
    assertThat(health.permits()).isTrue();
  }

  @Test
  void oneCallerPerInterval_triesIt() {
    timeOutThreeTimes();
    nanos.addAndGet(ServerHealth.PROBE_INTERVAL.toNanos() - 1);
    assertThat(health.permits()).isFalse();
    nanos.addAndGet(1);
    assertThat(health.permits()).isTrue();
    assertThat(health.permits()).isFalse();
    nanos.addAndGet(ServerHealth.PROBE_INTERVAL.toNanos());
    assertThat(health.permits()).isTrue();
    assertThat(health.permits()).isFalse();
  }

  @Test
  void anAnswer_opensItToAll() {
    timeOutThreeTimes();
    nanos.addAndGet(ServerHealth.PROBE_INTERVAL.toNanos());
    assertThat(health.permits()).isTrue();
    health.answered();
    assertThat(health.permits()).isTrue();
    assertThat(health.permits()).isTrue();
  }

  @Test
  void afterSomeProbesInVain_theConnectionIsGivenUp() {
    timeOutThreeTimes();
    for (int i = 1; i <= 2 * ServerHealth.PROBES_PER_CONNECTION; i++) {
      nanos.addAndGet(ServerHealth.PROBE_INTERVAL.toNanos());
      assertThat(health.permits()).isTrue();
      assertThat(health.timedOut()).isEqualTo(i % ServerHealth.PROBES_PER_CONNECTION == 0);
    }
  }

  private void timeOutThreeTimes() {
    for (int i = 0; i < ServerHealth.TIMEOUTS; i++) {
      assertThat(health.timedOut()).isFalse();
    }
  }
}
