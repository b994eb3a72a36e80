package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NamesTest {

    private final AtomicLong now = new AtomicLong(5);
    private final List<String> lookups = new CopyOnWriteArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final Names names = new Names(this::lookUp, now::get);

    @AfterEach
    void close() {
        open.countDown();
        names.close();
    }

    @Test
    void addressesAskNobody() throws Exception {
        assertThat(ask("192.0.2.7")).hasToString("/192.0.2.7");
        assertThat(ask("2001:db8::7")).hasToString("/2001:db8:0:0:0:0:0:7");
        assertThat(ask("[::1]")).hasToString("/0:0:0:0:0:0:0:1");
        assertThat(lookups).isEmpty();
    }

    @Test
    void aFoundNameIsKeptForItsTime() throws Exception {
        assertThat(ask("web")).isEqualTo(InetAddress.getLoopbackAddress());
        now.addAndGet(Names.FOUND_NANOS - 1);
        ask("web");
        assertThat(lookups).containsExactly("web");

        now.addAndGet(1);
        ask("web");
        assertThat(lookups).containsExactly("web", "web");
    }

    @Test
    void theLackOfANameIsKeptForItsOwnTime() throws Exception {
        assertThat(ask("missing")).isNull();
        now.addAndGet(Names.MISSING_NANOS - 1);
        assertThat(ask("missing")).isNull();
        assertThat(lookups).containsExactly("missing");

        now.addAndGet(1);
        ask("missing");
        assertThat(lookups).containsExactly("missing", "missing");
    }

    @Test
    void manyWhoAskAtOnceAreOneLookUpAndThreadsAreBounded() throws Exception {
        var answers = new ArrayList<CompletableFuture<@Nullable InetAddress>>();
        for (int i = 0; i < 100; i++) {
            answers.add(begin("slow-0"));
            answers.add(begin("slow-" + i));
        }
        open.countDown();

        for (var answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(InetAddress.getLoopbackAddress());
        }
        assertThat(lookups).hasSize(100).doesNotHaveDuplicates();
        assertThat(names.threads()).isEqualTo(Names.THREADS);
    }

    private InetAddress lookUp(String host) throws UnknownHostException {
        lookups.add(host);
        if (host.startsWith("slow")) {
            awaitQuietly(open);
        }
        if (host.equals("missing")) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getLoopbackAddress();
    }

    private @Nullable InetAddress ask(String host) throws Exception {
        return begin(host).get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<@Nullable InetAddress> begin(String host) {
        var answer = new CompletableFuture<@Nullable InetAddress>();
        names.ask(host, answer::complete);
        return answer;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
