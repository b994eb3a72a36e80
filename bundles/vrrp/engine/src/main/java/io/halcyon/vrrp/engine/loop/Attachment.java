package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.Transport;
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
    /** How long a channel may take to open, and how soon after a failure it is tried again. */
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private final LoopContext context;
    private final LoopRouter router;
    private final Map<String, Link> links = new HashMap<>();
    private final RouterChannels channels;
    /** Whether announcements have somewhere to go that they had not before. */
    private boolean appeared;
    /** Until when a channel that could not be opened is not asked for again, by interface. */
    private final Map<String, Long> refusedUntilNanos = new HashMap<>();

    private String trouble = "";
    private long lookAgainNanos = Long.MAX_VALUE;

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

    /** When to look again what became of a channel. */
    long lookAgainNanos() {
        return lookAgainNanos;
    }

    void lookingAgain() {
        lookAgainNanos = Long.MAX_VALUE;
    }

    private void lookAgainAt(long nanos) {
        lookAgainNanos = Math.min(lookAgainNanos, nanos);
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

    /** Whether an interface that carries an address or its channel came, or came anew, since this was asked last. */
    boolean appeared() {
        boolean answer = appeared;
        appeared = false;
        return answer;
    }

    void gone(String name) {
        links.remove(name);
        letGo(name);
    }

    void opened(LinkChannel channel) {
        appeared = true;
        refusedUntilNanos.remove(channel.link().name());
    }

    /** It cannot be opened now. */
    void failed(LinkChannel channel, String cause) {
        String name = channel.link().name();
        channels.broke(channel);
        refusedUntilNanos.put(name, context.host().monotonicNanos() + PATIENCE_NANOS);
        String what = "transport " + router.settings().transport() + " cannot use " + name + ": " + cause;
        if (name.equals(own())) {
            trouble = what;
        } else {
            router.parts().journal().failed(what);
        }
    }

    /** It was open and is not any more. */
    void broke(LinkChannel broken, String cause) {
        channels.broke(broken);
        router.parts().journal().failed(broken.link().name() + " is opened anew: " + cause);
    }

    /** Without its own interface a router has no use for the others. */
    private void letGo(String name) {
        if (name.equals(own())) {
            letGo();
        } else {
            refusedUntilNanos.remove(name);
            channels.letGo(name);
        }
    }

    void letGo() {
        refusedUntilNanos.clear();
        channels.letGo();
    }

    /**
     * Looks at interface, address, transport and VIP manager, and asks for the channels if all are there.
     *
     * @param now what holds until the channel is open
     */
    Availability look(Availability now) {
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
        Transport transport = context.channels().transport(router.settings().transport());
        if (transport == null) {
            return new Availability.Waiting("transport " + router.settings().transport() + " is not installed");
        }
        if (context.vips().manager(router.settings().vip()) == null) {
            return new Availability.Waiting("vip manager " + router.settings().vip() + " is not installed");
        }
        return channelOf(transport, link, now, new Availability.Ready(source));
    }

    private Availability channelOf(Transport transport, Link link, Availability now, Availability ready) {
        LinkChannel channel = ask(transport, link);
        for (VirtualAddress address : router.settings().addresses()) {
            Link other = link(router.settings().interfaceOf(address));
            if (other != null) { // before there is anything to announce there
                ask(transport, other);
            }
        }
        if (channel == null) {
            return new Availability.Broken(trouble, false);
        }
        if (channel.isOpen()) {
            return ready;
        }
        long endNanos = channel.askedNanos() + PATIENCE_NANOS;
        if (context.host().monotonicNanos() < endNanos) {
            lookAgainAt(endNanos);
            return now;
        }
        return new Availability.Broken(
                "transport " + transport.name() + " does not come to an end with opening " + link.name(), false);
    }

    /** The channel, open or to be opened; null where that failed just now. */
    private @Nullable LinkChannel ask(Transport transport, Link link) {
        long until = refusedUntilNanos.getOrDefault(link.name(), Long.MIN_VALUE);
        if (context.host().monotonicNanos() < until) {
            lookAgainAt(until);
            return null;
        }
        return channels.open(transport, link);
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

    /**
     * Channels that announce: of the router's interface, and of every other one that carries an address of its; one that is
     * not open yet says so when it is.
     */
    Map<String, Channel> announcing() throws IOException {
        Map<String, Channel> byInterface = new HashMap<>();
        for (VirtualAddress address : router.settings().addresses()) {
            String dev = router.settings().interfaceOf(address);
            Link link = link(dev);
            LinkChannel open = channels.get(dev);
            if (link != null && open != null && open.isOpen()) {
                byInterface.put(dev, open.channel());
            }
        }
        return byInterface;
    }
}
