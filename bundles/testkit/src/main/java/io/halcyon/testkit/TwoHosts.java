package io.halcyon.testkit;

import io.halcyon.api.net.MacAddress;
import io.halcyon.spi.link.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A cable between two hosts: the left one is the calling thread's namespace, the right one a namespace of its own. Made in
 * a test that runs in a namespace of its own.
 */
public final class TwoHosts implements AutoCloseable {

    public static final String LEFT = "hcl";
    public static final String RIGHT = "hcr";

    private final NamespaceThread rightHost = new NamespaceThread();
    private Cable cable;

    private record Cable(Link left, Link right) {}

    public TwoHosts() throws IOException {
        try {
            cable = plugIn();
        } catch (IOException | RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private Cable plugIn() throws IOException {
        String namespace = onRight(() -> Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString());
        Command.run("ip", "link", "add", LEFT, "type", "veth", "peer", "name", RIGHT, "netns", namespace);
        Link left = configure(LEFT, "10.0.0.1");
        Link right = onRight(() -> configure(RIGHT, "10.0.0.2"));
        awaitUp(LEFT);
        onRight(() -> awaitUp(RIGHT));
        return new Cable(left, right);
    }

    /** Takes the cable away, with the interfaces at its ends, and lays another one. */
    public void makeAgain() throws IOException {
        Command.run("ip", "link", "del", LEFT);
        cable = plugIn();
    }

    public Link left() {
        return cable.left();
    }

    public Link right() {
        return cable.right();
    }

    /** Does something in the right host; what it opens and starts belongs there. */
    public <T> T onRight(Callable<T> action) throws IOException {
        try {
            return rightHost.call(action);
        } catch (IOException | RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }

    @Override
    public void close() {
        rightHost.close();
    }

    private static Link configure(String device, String address) throws IOException {
        Command.run("ip", "addr", "add", address + "/24", "dev", device);
        Command.run("ip", "link", "set", device, "up");
        return link(device, address);
    }

    /** Until the kernel has noticed the carrier, a device that is up drops what is sent. */
    public static boolean awaitUp(String device) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!Command.run("ip", "-o", "link", "show", "dev", device).contains("state UP")) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(device + " does not come up");
            }
        }
        return true;
    }

    /** As the kernel has it: index and MAC are read from {@code ip}. */
    public static Link link(String device, String... addresses) throws IOException {
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
    public static String procNet(String file) throws IOException {
        return Files.readString(Path.of("/proc/thread-self/net", file));
    }
}
