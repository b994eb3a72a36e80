package io.halcyon.transport.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.Transport;
import io.halcyon.testkit.ChannelRecorder;
import io.halcyon.testkit.ChannelRecorder.Heard;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.TwoHosts;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Pcap4J's packet factory looks for itself through the context class loader of the first caller and remembers the answer for
 * ever; in a container that is the wrong one. Our bundle does not have it, and everything works without.
 */
@InNetworkNamespace
class PacketFactoryTest {

    private static final String FACTORY = "org.pcap4j.packet.factory.PacketFactories";

    @Test
    void everythingWorksWithTheClassesOfTheBundleAlone() throws Exception {
        try (TwoHosts hosts = new TwoHosts();
                URLClassLoader bundle = bundle()) {
            assertThat(Class.forName(FACTORY)).as("the library has it").isNotNull();
            assertThatThrownBy(() -> bundle.loadClass(FACTORY)).isInstanceOf(ClassNotFoundException.class);
            Transport transport = (Transport) bundle.loadClass(PcapTransport.class.getName())
                    .getConstructor()
                    .newInstance();
            assertThat(transport.getClass()).isNotSameAs(PcapTransport.class);

            Thread.currentThread().setContextClassLoader(null);
            exchange(transport, hosts);

            assertThat(bundle.loadClass("org.pcap4j.core.PcapHandle").getClassLoader())
                    .isSameAs(bundle);
        }
    }

    private static void exchange(Transport transport, TwoHosts hosts) throws Exception {
        ChannelRecorder leftHears = new ChannelRecorder();
        ChannelRecorder rightHears = new ChannelRecorder();
        InetAddress address = hosts.left().addresses().get(0).address();
        InetAddress ofRight = hosts.right().addresses().get(0).address();
        try (Channel left = transport.open(hosts.left(), leftHears);
                Channel right = hosts.onRight(() -> transport.open(hosts.right(), rightHears))) {
            right.watchAnnouncements(List.of(address));
            left.send(address, new byte[] {0x31});
            left.announce(List.of(address));
            left.send(ofRight, new byte[] {0x31});

            rightHears.await(Heard.Vrrp.class, 1);
            rightHears.await(Heard.Announcement.class, 1);
            rightHears.await(Heard.Conflict.class, 1);
        }
    }

    /** Ours and Pcap4J's classes from the bundle's folder only, all others from the tests' class path. */
    private static URLClassLoader bundle() {
        URL folder = PcapTransport.class.getProtectionDomain().getCodeSource().getLocation();
        return new URLClassLoader(new URL[] {folder}, new Others(PacketFactoryTest.class.getClassLoader()));
    }

    private static final class Others extends ClassLoader {

        Others(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.pcap4j.") || name.startsWith(PcapTransport.class.getPackageName() + ".")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
