package io.halcyon.transport.raw;

import io.halcyon.api.net.MacAddress;
import io.halcyon.linux.NetworkNamespace;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.testkit.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cable between two hosts: the left one is the calling thread's namespace, the right one a namespace with a name. Made in
 * a test that runs in a namespace of its own.
 */
final class TwoHosts implements AutoCloseable {

    static final String LEFT = "hcl";
    static final String RIGHT = "hcr";
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String name = "sockets-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();
    private Link left;
    private Link right;

    TwoHosts() throws IOException {
        Command.run("ip", "netns", "add", name);
        try {
            plugIn();
        } catch (IOException | RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private void plugIn() throws IOException {
        Command.run("ip", "link", "add", LEFT, "type", "veth", "peer", "name", RIGHT, "netns", name);
        left = configure(LEFT, "10.0.0.1");
        right = onRight(() -> configure(RIGHT, "10.0.0.2"));
        awaitUp(LEFT);
        onRight(() -> awaitUp(RIGHT));
    }

    /** Takes the cable away, with the interfaces at its ends, and lays another one. */
    void makeAgain() throws IOException {
        Command.run("ip", "link", "del", LEFT);
        plugIn();
    }

    Link left() {
        return left;
    }

    Link right() {
        return right;
    }

    Channel openLeft(ChannelListener listener) throws IOException {
        return new RawTransport().open(left, listener);
    }

    Channel openRight(ChannelListener listener) throws IOException {
        return onRight(() -> new RawTransport().open(right, listener));
    }

    <T> T onRight(NetworkNamespace.Action<T> action) throws IOException {
        return NetworkNamespace.named(name).call(action);
    }

    @Override
    public void close() {
        Command.run("ip", "netns", "del", name);
    }

    private static Link configure(String device, String address) throws IOException {
        Command.run("ip", "addr", "add", address + "/24", "dev", device);
        Command.run("ip", "link", "set", device, "up");
        return link(device, address);
    }

    /** Until the kernel has noticed the carrier, a device that is up drops what is sent. */
    static boolean awaitUp(String device) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!Command.run("ip", "-o", "link", "show", "dev", device).contains("state UP")) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(device + " does not come up");
            }
        }
        return true;
    }

    /** As the kernel has it: index and MAC are read from {@code ip}. */
    static Link link(String device, String... addresses) throws IOException {
        String[] words = Command.run("ip", "-o", "link", "show", "dev", device).split("\\s+", -1);
        int index = Integer.parseInt(words[0].replace(":", ""));
        long mac = 0;
        for (int i = 0; i < words.length - 1; i++) {
            if (words[i].equals("link/ether")) {
                mac = Long.parseLong(words[i + 1].replace(":", ""), 16);
            }
        }
        List<Link.Address> list = new ArrayList<>();
        for (String address : addresses) {
            list.add(new Link.Address(InetAddress.getByName(address), 24, true, false));
        }
        return new Link(device, index, new MacAddress(mac), true, true, 1500, true, list);
    }

    /** A file of this thread's namespace below {@code /proc/thread-self/net}. */
    static String procNet(String file) throws IOException {
        return Files.readString(Path.of("/proc/thread-self/net", file));
    }
}
