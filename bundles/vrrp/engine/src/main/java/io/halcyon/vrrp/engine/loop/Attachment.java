package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a router is attached to the network: its interface, the channel there, its source address; and the channels of
 * other interfaces that carry an address of its. Owned by the loop.
 */
final class Attachment {

    private static final int DEFAULT_MTU = 1500;
    private static final long REOPEN_NANOS = 1_000_000_000L;

    private final LoopContext context;
    private final LoopRouter router;
    private final Map<String, Link> links = new HashMap<>();
    private final RouterChannels channels;
    private boolean appeared;
    private String trouble = "";
    private long reopenNanos = Long.MAX_VALUE;

    Attachment(LoopContext context, LoopRouter router) {
        this.context = context;
        this.router = router;
        channels = new RouterChannels(context.channels(), router);
    }

    private String own() {
        return router.settings().networkInterface();
    }

    @Nullable
    Link link() {
        return link(own());
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
        boolean isNew = before == null || before.index() != link.index();
        LinkChannel open = channels.get(link.name());
        if (isNew) {
            letGo(link.name());
            appeared |= router.settings().addresses().stream()
                    .anyMatch(address -> router.settings().interfaceOf(address).equals(link.name()));
        } else if (open != null) {
            open.update(link);
        }
    }

    /** Whether an interface that carries an address came, or came anew, since this was asked last. */
    boolean appeared() {
        boolean answer = appeared;
        appeared = false;
        return answer;
    }

    void gone(String name) {
        links.remove(name);
        letGo(name);
    }

    /** Whether the broken channel was that of the router's own interface. */
    boolean broke(LinkChannel broken, String cause) {
        boolean ours = broken == linkChannel();
        channels.broke(broken);
        if (ours) {
            trouble = cause;
            reopenNanos = context.host().monotonicNanos() + REOPEN_NANOS;
        }
        return ours;
    }

    /** Without its own interface a router has no use for the others. */
    private void letGo(String name) {
        if (name.equals(own())) {
            channels.letGo();
        } else {
            channels.letGo(name);
        }
    }

    void letGo() {
        channels.letGo();
    }

    /** Looks at interface, address, transport and VIP manager, and opens the channel if all are there. */
    Availability look() {
        String name = own();
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
        if (context.channels().transport(router.settings().transport()) == null) {
            return new Availability.Waiting("transport " + router.settings().transport() + " is not installed");
        }
        if (context.vips().manager(router.settings().vip()) == null) {
            return new Availability.Waiting("vip manager " + router.settings().vip() + " is not installed");
        }
        try {
            channels.open(link);
        } catch (IOException e) {
            trouble =
                    "transport " + router.settings().transport() + " cannot use " + link.name() + ": " + e.getMessage();
            reopenNanos = context.host().monotonicNanos() + REOPEN_NANOS;
        }
        return linkChannel() == null ? new Availability.Broken(trouble, false) : new Availability.Ready(source);
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

    /** That of the router's own interface. */
    @Nullable
    LinkChannel linkChannel() {
        return channels.get(own());
    }

    /** The open channel of the router's own interface. */
    Channel channel() throws IOException {
        LinkChannel open = linkChannel();
        if (open == null) {
            throw new IOException("no channel is open");
        }
        return open.channel();
    }

    /** Listens for announcements of these addresses by others, each where it lives; none ends it everywhere. */
    void watch(Collection<VirtualAddress> addresses) throws IOException {
        Map<Link, List<InetAddress>> byLink = new LinkedHashMap<>();
        for (VirtualAddress address : addresses) {
            Link link = link(router.settings().interfaceOf(address));
            // Where the link is lost nobody can be heard.
            if (link != null && linkChannel() != null) {
                byLink.computeIfAbsent(link, unused -> new ArrayList<>()).add(address.address());
            }
        }
        channels.watch(byLink);
    }

    /** Channels that announce: of the router's interface, and of every other one that carries an address of its. */
    Map<String, Channel> announcing() throws IOException {
        Map<String, Channel> byInterface = new HashMap<>();
        for (VirtualAddress address : router.settings().addresses()) {
            String dev = router.settings().interfaceOf(address);
            Link link = link(dev);
            if (link != null && !byInterface.containsKey(dev)) {
                byInterface.put(
                        dev, dev.equals(own()) ? channel() : channels.open(link).channel());
            }
        }
        return byInterface;
    }
}
