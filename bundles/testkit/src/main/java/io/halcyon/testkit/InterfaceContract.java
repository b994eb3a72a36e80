package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.net.MacAddress;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.testkit.ChannelRecorder.Heard;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a {@code Transport} makes of an interface that changes, vanishes or was never there. */
public abstract class InterfaceContract extends OnTheWire {

    @Test
    void aDeletedInterfaceBreaksTheChannelOnce() throws Exception {
        try (Channel left = openLeft()) {
            Command.run("ip", "link", "del", TwoHosts.LEFT);

            assertThat(leftHears.await(Heard.Broken.class, 1).get(0).cause()).isEqualTo("interface hcl is gone");
            left.drain();
            assertThat(leftHears.heard()).hasSize(1);
            assertThatThrownBy(() -> left.send(leftAddress(), MESSAGE)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aChannelSurvivesAnInterfaceThatGoesDownAndUp() throws Exception {
        try (Channel left = openLeft();
                Channel right = openRight()) {
            right.watchAnnouncements(List.of(leftAddress()));
            hosts().onRight(() -> Command.run("ip", "link", "set", TwoHosts.RIGHT, "down"));
            hosts().onRight(() -> Command.run("ip", "link", "set", TwoHosts.RIGHT, "up"));

            sendUntilHeard(left);
            left.announce(List.of(leftAddress()));
            left.send(rightAddress(), MESSAGE);

            rightHears.await(Heard.Announcement.class, 1);
            rightHears.await(Heard.Conflict.class, 1);
            assertThat(rightHears.heard(Heard.Broken.class)).isEmpty();
        }
    }

    @Test
    void aRenamedInterfaceIsStillTheSame() throws Exception {
        try (Channel left = openLeft();
                Channel right = openRight()) {
            Command.run("ip", "link", "set", TwoHosts.LEFT, "name", "other");

            left.send(leftAddress(), MESSAGE);
            right.send(rightAddress(), MESSAGE);

            rightHears.awaitPacket();
            leftHears.awaitPacket();
        }
    }

    /** Whoever opens it knows which transport and which interface. */
    @Test
    void aMissingInterfaceIsSaid() {
        Link missing = new Link("eth9", 999, new MacAddress(1), true, true, 1_500, true, List.of());

        assertThatThrownBy(() -> transport().open(missing, leftHears))
                .isInstanceOf(IOException.class)
                .hasMessage("interface 999: ENODEV, no such interface; check its name with 'ip link'");
    }

    @Test
    void nothingStaysBehindWhenAChannelIsClosed() throws Exception {
        openLeft().close();
        long descriptors = descriptors();

        for (int i = 0; i < 10; i++) {
            openLeft().close();
        }

        // The JVM may close what a program was heard through a little later: then there are fewer.
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("vrrp-rx-hcl"));
    }

    private void sendUntilHeard(Channel left) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (rightHears.packets().isEmpty() && System.nanoTime() < deadline) {
            left.send(leftAddress(), MESSAGE);
            rightHears.silentFor(20);
        }
        rightHears.awaitPacket();
    }

    private static long descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}
