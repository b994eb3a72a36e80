package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HostsTest {

    private final LvsLoop loop = new LvsLoop();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final Hosts hosts = new Hosts(
            loop,
            this::lookup,
            (server, real, host, found) -> answers.add(server
                    + '/'
                    + real
                    + ' '
                    + host
                    + ' '
                    + found
                    + ' '
                    + Thread.currentThread().getName()));

    @BeforeEach
    void start() {
        loop.start(() -> {});
    }

    @AfterEach
    void stop() {
        hosts.close();
        loop.close();
    }

    @Test
    void allWhoAskForANameAreAnsweredByOneLookup() throws Exception {
        loop.execute(() -> {
            hosts.ask("web", "web1", "one.example");
            hosts.ask("mail", "mx1", "one.example");
            mayAnswer.countDown();
        });

        assertThat(List.of(next(), next()))
                .containsExactlyInAnyOrder(
                        "web/web1 one.example [/192.0.2.11] lvs-loop", "mail/mx1 one.example [/192.0.2.11] lvs-loop");
        assertThat(lookups).hasValue(1);
    }

    @Test
    void aNameThatLeadsNowhereIsToldAsNothing() throws Exception {
        mayAnswer.countDown();
        loop.execute(() -> hosts.ask("web", "web1", "gone.example"));

        assertThat(next()).isEqualTo("web/web1 gone.example [] lvs-loop");
    }

    @Test
    void aNameThatHangsHoldsUpNoOther() throws Exception {
        loop.execute(() -> {
            hosts.ask("web", "web1", "one.example");
            hosts.ask("web", "web2", "gone.example");
        });

        assertThat(next()).isEqualTo("web/web2 gone.example [] lvs-loop");
        mayAnswer.countDown();
        assertThat(next()).startsWith("web/web1");
    }

    @Test
    void aNameCanBeAskedForAgain() throws Exception {
        mayAnswer.countDown();
        loop.execute(() -> hosts.ask("web", "web1", "one.example"));
        next();
        loop.execute(() -> hosts.ask("web", "web1", "one.example"));

        assertThat(next()).startsWith("web/web1");
        assertThat(lookups).hasValue(2);
    }

    private InetAddress[] lookup(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        if (host.equals("gone.example")) {
            throw new UnknownHostException(host);
        }
        try {
            mayAnswer.await();
        } catch (InterruptedException e) {
            throw new UnknownHostException("interrupted");
        }
        return new InetAddress[] {InetAddress.getByName("192.0.2.11")};
    }

    private String next() throws InterruptedException {
        var answer = answers.poll(10, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        return String.valueOf(answer);
    }
}
