package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The channels that one router uses: of its own interface, and of others that carry an address of its. Owned by the loop. */
final class RouterChannels {

    private final ChannelTable table;
    private final LoopRouter router;
    private final Map<String, LinkChannel> byInterface = new HashMap<>();

    RouterChannels(ChannelTable table, LoopRouter router) {
        this.table = table;
        this.router = router;
    }

    @Nullable
    LinkChannel get(String name) {
        return byInterface.get(name);
    }

    /** The channel of an interface, asked for if it is not yet. */
    LinkChannel open(Transport transport, Link link) {
        return byInterface.computeIfAbsent(link.name(), unused -> table.use(router, transport, link));
    }

    /** Listens for others' announcements of these addresses on each interface, and on no other any more. */
    void watch(Map<Link, List<InetAddress>> wanted) throws IOException {
        IOException failure = null;
        for (Map.Entry<Link, List<InetAddress>> entry : wanted.entrySet()) {
            LinkChannel channel = byInterface.get(entry.getKey().name());
            try {
                if (channel != null) {
                    channel.watch(router, entry.getValue());
                }
            } catch (IOException e) {
                failure = e;
            }
        }
        for (LinkChannel channel : byInterface.values()) {
            if (wanted.keySet().stream()
                    .noneMatch(link -> link.name().equals(channel.link().name()))) {
                channel.watch(router, List.of());
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    void broke(LinkChannel broken) {
        byInterface.values().remove(broken);
    }

    void letGo(String name) {
        LinkChannel open = byInterface.remove(name);
        if (open != null) {
            table.letGo(router, open);
        }
    }

    void letGo() {
        table.letGo(router);
        byInterface.clear();
    }
}
