package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The open channels, one per interface and transport, closed when their last user lets go. Owned by the loop. */
final class ChannelTable {

    private record Key(String transport, int linkIndex) {}

    private final Map<String, Transport> transports = new HashMap<>();
    private final Map<Key, LinkChannel> channels = new HashMap<>();
    private final Map<LinkChannel, Set<LoopRouter>> users = new HashMap<>();
    private final Consumer<Runnable> mailbox;
    private final LinkChannel.Upcall upcall;

    ChannelTable(Consumer<Runnable> mailbox, LinkChannel.Upcall upcall) {
        this.mailbox = mailbox;
        this.upcall = upcall;
    }

    void add(Transport transport) {
        transports.put(transport.name(), transport);
    }

    void remove(Transport transport) {
        transports.remove(transport.name(), transport);
    }

    /** The transport of that name, which is known to be there. */
    Transport require(String name) throws IOException {
        Transport transport = transports.get(name);
        if (transport == null) {
            throw new IOException("transport " + name + " is not installed");
        }
        return transport;
    }

    @Nullable
    Transport transport(String name) {
        return transports.get(name);
    }

    /** The channel of a link, opened if nobody did yet. */
    LinkChannel use(LoopRouter user, Transport transport, Link link) throws IOException {
        Key key = new Key(transport.name(), link.index());
        LinkChannel channel = channels.get(key);
        if (channel == null) {
            channel = new LinkChannel(transport, link, mailbox, upcall);
            channel.open();
            channels.put(key, channel);
        }
        users.computeIfAbsent(channel, unused -> new HashSet<>()).add(user);
        return channel;
    }

    void letGo(LoopRouter user) {
        for (LinkChannel channel : new ArrayList<>(users.keySet())) {
            letGo(user, channel);
        }
    }

    void letGo(LoopRouter user, LinkChannel channel) {
        Set<LoopRouter> left = users.getOrDefault(channel, Set.of());
        if (left.remove(user) && left.isEmpty()) {
            close(channel);
        }
    }

    /** Closes a channel whatever its users think; they are told by their next {@link #use}. */
    void close(LinkChannel channel) {
        users.remove(channel);
        channels.values().remove(channel);
        channel.close();
    }

    Collection<LoopRouter> usersOf(LinkChannel channel) {
        return List.copyOf(users.getOrDefault(channel, Set.of()));
    }

    List<LinkChannel> all() {
        return List.copyOf(channels.values());
    }

    void closeAll() {
        all().forEach(this::close);
    }
}
