package io.halcyon.vrrp.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.transport.Channel;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

    private static final InetAddress FIRST = InetAddress.getLoopbackAddress();
    private static final InetAddress SECOND = new InetSocketAddress("192.0.2.2", 0).getAddress();

    private final Worker worker = new Worker("announces");
    private final Worker helper = new Worker("helps");
    private final Announcer announcer = new Announcer(worker, helper);
    private final List<InetAddress> announced = new ArrayList<>();
    private boolean wanted = true;

    private final Channel channel = (Channel) Proxy.newProxyInstance(
            AnnouncerTest.class.getClassLoader(), new Class<?>[] {Channel.class}, (proxy, called, arguments) -> {
                ((Collection<?>) arguments[0]).forEach(address -> announced.add((InetAddress) address));
                return null;
            });

    private Announcer.Job job(InetAddress address, int rounds) {
        return new Announcer.Job(channel, List.of(address), rounds, job -> wanted, count -> {});
    }

    private void turns(int count) {
        IntStream.range(0, count).forEach(i -> assertThat(worker.turn()).isTrue());
    }

    @Test
    void everyAddressIsAnnouncedOnceBeforeAnyIsAnnouncedTwice() {
        announcer.announce(job(FIRST, 2));
        turns(1);
        announcer.announce(job(SECOND, 2));
        turns(3);

        assertThat(announced).containsExactly(FIRST, SECOND, FIRST, SECOND);
        assertThat(worker.turn()).isFalse();
    }

    @Test
    void theFirstOneNeedsNoOtherThread() {
        announcer.announceHere(job(FIRST, 3));
        assertThat(announced).containsExactly(FIRST);

        turns(2);
        assertThat(announced).containsExactly(FIRST, FIRST, FIRST);
    }

    @Test
    void aHelperDoesWhatIsLeft() {
        announcer.announce(job(FIRST, 3));
        turns(1);
        announcer.announce(job(SECOND, 2));

        announcer.hurry();
        assertThat(announced).containsExactly(FIRST);
        assertThat(helper.turn()).isTrue();

        assertThat(announced).containsExactly(FIRST, SECOND, FIRST, SECOND, FIRST);
        assertThat(worker.turn()).isFalse();
        assertThat(helper.turn()).isFalse();
    }

    @Test
    void aHelperLeavesTheEndToWhoWaitsForIt() {
        announcer.announce(job(FIRST, 1));
        worker.end();
        turns(1);

        assertThat(worker.turn()).isFalse();
    }

    @Test
    void whatIsNotTrueAnyMoreIsNotAnnounced() {
        announcer.announce(job(FIRST, 3));
        turns(1);

        wanted = false;
        turns(1);

        assertThat(announced).containsExactly(FIRST);
        assertThat(worker.turn()).isFalse();
    }
}
