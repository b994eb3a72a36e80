package io.halcyon.vrrp.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.net.MacAddress;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.link.LinkListener;
import io.halcyon.spi.link.LinkMonitor;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Transport;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.spi.vip.VipListener;
import io.halcyon.spi.vip.VipManager;
import io.halcyon.transport.memory.MemoryLan;
import io.halcyon.transport.memory.Sent;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop with its threads, in real time, beside plugins that hang: they hold up their own thread and no other. */
class LoopIsNotDelayedTest {

    private static final int INTERVAL_CENTIS = 10;
    /** Many intervals, for a machine with other work; who waits for a plugin here waits longer. */
    private static final long LONGEST_GAP_NANOS = 900_000_000L;

    private static final long PATIENCE_SECONDS = 20;

    private final MemoryLan lan = MemoryLan.inRealTime(1);
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private VrrpLoop loop;

    @AfterEach
    void end() {
        over.countDown();
        loop.close();
        lan.close();
    }

    /** Called by a plugin: does not return before the test is over. */
    private void hang() {
        hangs.countDown();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private VipManager hangingIn(String method) {
        AddressSet account = (AddressSet) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AddressSet.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        hang();
                    }
                    return null;
                });
        return new VipManager() {
            @Override
            public String name() {
                return "memory";
            }

            @Override
            public AddressSet open(String owner, String networkInterface, VipListener listener) {
                if (method.equals("open")) {
                    hang();
                }
                return account;
            }
        };
    }

    private static final class OneLink implements LinkMonitor {
        private final Link link = new Link(
                "eth0",
                2,
                new MacAddress(1),
                true,
                true,
                1500,
                true,
                List.of(new Link.Address(Lan.address("10.0.0.1"), 24, true, false)));

        @Override
        public List<Link> links() {
            return List.of(link);
        }

        @Override
        public Subscription watch(LinkListener listener) {
            listener.onLink(link);
            return () -> {};
        }
    }

    /** An owner of its addresses: MASTER at once. */
    private void start(VipManager vips, EventSink sink, List<Track> tracks) {
        loop = new VrrpLoop(new RealHost(), new OneLink(), sink);
        loop.addVipManager(vips, 0);
        loop.addTransport(lan.transport("a"), 0);
        loop.start();
        loop.configure(Lan.settings("VI_1", 1, 255, INTERVAL_CENTIS, tracks), 0, 0);
    }

    private void assertThatAdvertisementsGoOn(int adverts) throws InterruptedException {
        assertThat(hangs.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("the plugin hangs")
                .isTrue();
        CountDownLatch sent = new CountDownLatch(adverts);
        lan.forget();
        long beganNanos = System.nanoTime();
        lan.onSent(message -> {
            if (message instanceof Sent.Advert) {
                sent.countDown();
            }
        });
        assertThat(sent.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("%d advertisements while the plugin hangs, there were %d", adverts, adverts - sent.getCount())
                .isTrue();
        long lastNanos = beganNanos;
        for (Sent.Advert advert : lan.adverts("a")) {
            assertThat(advert.atNanos() - lastNanos).isLessThan(LONGEST_GAP_NANOS);
            lastNanos = advert.atNanos();
        }
        assertThat(over.getCount()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "lookForLeftOvers", "hold", "renew"})
    void aVipManagerThatHangsDelaysNoAdvertisement(String method) throws InterruptedException {
        start(hangingIn(method), (event, causes) -> 1, List.of());

        assertThatAdvertisementsGoOn(10);
    }

    @Test
    void aListenerThatHangsDelaysNoAdvertisement() throws InterruptedException {
        start(
                hangingIn("nothing"),
                (event, causes) -> {
                    hang();
                    return 1;
                },
                List.of());

        assertThatAdvertisementsGoOn(10);
    }

    @Test
    void aCheckThatHangsDelaysNoAdvertisement() throws InterruptedException {
        start(hangingIn("nothing"), (event, causes) -> 1, List.of(new Track(Track.Kind.SCRIPT, "chk", -20, false)));
        Thread check = new Thread(() -> {
            loop.verdict(new Verdict("chk", Health.UP, "fine", Instant.EPOCH, 0, false, null, 7));
            hang();
        });
        check.start();

        assertThatAdvertisementsGoOn(10);
        over.countDown();
        check.join();
    }

    @Test
    void aTransportThatHangsDelaysNoAdvertisementAndIsGivenUp() throws InterruptedException {
        start(hangingIn("nothing"), (event, causes) -> 1, List.of());
        loop.addTransport(
                new Transport() {
                    @Override
                    public String name() {
                        return "stuck";
                    }

                    @Override
                    public Channel open(Link link, ChannelListener listener) throws IOException {
                        hang();
                        throw new IOException("it is over");
                    }
                },
                0);
        RouterSettings other = Lan.settings("VI_2", 2, 255, INTERVAL_CENTIS, List.of());
        loop.configure(
                new RouterSettings(
                        other.name(),
                        other.networkInterface(),
                        other.protocol(),
                        other.addresses(),
                        List.of(),
                        List.of(),
                        "stuck",
                        other.vip(),
                        other.leaseSeconds()),
                0,
                0);

        // For longer than the patience with a channel that is to open.
        assertThatAdvertisementsGoOn(15);
        assertThat(loop.routers().join())
                .extracting(RouterStatus::state)
                .containsExactly(RouterState.MASTER, RouterState.FAULT);
        assertThat(loop.explain("VI_2").join().because())
                .contains("transport stuck does not come to an end with opening eth0");
    }

    @Test
    @Tag("lab")
    void aVipManagerThatBlocksForTenSecondsDelaysNoAdvertisement() throws InterruptedException {
        start(hangingIn("hold"), (event, causes) -> 1, List.of());

        assertThatAdvertisementsGoOn(100);
    }
}
