package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a router is attached to the network: its interface, the channel there, its source address. Owned by the loop. */
final class Attachment {

    private static final int DEFAULT_MTU = 1500;
    private static final long REOPEN_NANOS = 1_000_000_000L;

    private final LoopContext context;
    private final LoopRouter router;
    private final Map<String, Link> links = new HashMap<>();
    private @Nullable LinkChannel channel;
    private String trouble = "";
    private long reopenNanos = Long.MAX_VALUE;

    Attachment(LoopContext context, LoopRouter router) {
        this.context = context;
        this.router = router;
    }

    @Nullable
    Link link() {
        return link(router.settings().networkInterface());
    }

    @Nullable
    Link link(String name) {
        return links.get(name);
    }

    int mtu() {
        Link link = link();
        return link == null ? DEFAULT_MTU : link.mtu();
    }

    /** When to try again to open a channel. */
    long reopenNanos() {
        return reopenNanos;
    }

    void reopening() {
        reopenNanos = Long.MAX_VALUE;
    }

    void changed(Link link) {
        Link before = links.put(link.name(), link);
        LinkChannel open = channel;
        boolean recreated = before != null && before.index() != link.index();
        if (open == null || !open.link().name().equals(link.name())) {
            return;
        }
        if (recreated) {
            letGo();
        } else {
            open.update(link);
        }
    }

    void gone(String name) {
        links.remove(name);
        if (name.equals(router.settings().networkInterface())) {
            letGo();
        }
    }

    /** Whether the broken channel was ours. */
    boolean broke(LinkChannel broken, String cause) {
        if (broken != channel) {
            return false;
        }
        channel = null;
        trouble = cause;
        reopenNanos = context.host().monotonicNanos() + REOPEN_NANOS;
        return true;
    }

    void letGo() {
        context.channels().letGo(router);
        channel = null;
    }

    /** Looks at interface, address, transport and VIP manager, and opens the channel if all are there. */
    Availability look() {
        String name = router.settings().networkInterface();
        Link link = link();
        if (link == null) {
            return new Availability.Broken("interface " + name + " does not exist", true);
        }
        if (!link.running()) {
            return new Availability.Broken("interface " + name + (link.up() ? " has no carrier" : " is down"), true);
        }
        InetAddress source = source(link);
        if (source == null) {
            return new Availability.Broken("interface " + name + " has no IPv4 address", true);
        }
        Transport transport = context.channels().transport(router.settings().transport());
        if (transport == null) {
            return new Availability.Waiting("transport " + router.settings().transport() + " is not installed");
        }
        if (context.vips().manager(router.settings().vip()) == null) {
            return new Availability.Waiting("vip manager " + router.settings().vip() + " is not installed");
        }
        if (channel == null && !open(transport, link)) {
            return new Availability.Broken(trouble, false);
        }
        return new Availability.Ready(source);
    }

    private boolean open(Transport transport, Link link) {
        try {
            channel = context.channels().use(router, transport, link);
            return true;
        } catch (IOException e) {
            trouble = "transport " + transport.name() + " cannot use " + link.name() + ": " + e.getMessage();
            reopenNanos = context.host().monotonicNanos() + REOPEN_NANOS;
            return false;
        }
    }

    /** The interface's first address that does not move. */
    private @Nullable InetAddress source(Link link) {
        Set<InetAddress> moving = new HashSet<>();
        router.settings().addresses().forEach(address -> moving.add(address.address()));
        for (Link.Address address : link.addresses()) {
            boolean four = address.address().getAddress().length == Integer.BYTES;
            if (four && !address.ours() && !moving.contains(address.address())) {
                return address.address();
            }
        }
        return null;
    }

    @Nullable
    LinkChannel linkChannel() {
        return channel;
    }

    /** The open channel. */
    Channel channel() throws IOException {
        if (channel == null) {
            throw new IOException("no channel is open");
        }
        return channel.channel();
    }

    void watch(Collection<InetAddress> addresses) throws IOException {
        if (channel != null) {
            channel.watch(router, addresses);
        }
    }

    /** Channels that announce: of the router's interface, and of every other one that carries an address of its. */
    Map<String, Channel> announcing() throws IOException {
        Map<String, Channel> byInterface = new HashMap<>();
        for (VirtualAddress address : router.settings().addresses()) {
            String own = router.settings().networkInterface();
            String dev = router.settings().interfaceOf(address);
            Link link = links.get(dev);
            if (link != null && !byInterface.containsKey(dev)) {
                byInterface.put(dev, dev.equals(own) ? channel() : other(link));
            }
        }
        return byInterface;
    }

    private Channel other(Link link) throws IOException {
        Transport transport = context.channels().transport(router.settings().transport());
        if (transport == null) {
            throw new IOException("transport " + router.settings().transport() + " is not installed");
        }
        return context.channels().use(router, transport, link).channel();
    }
}
