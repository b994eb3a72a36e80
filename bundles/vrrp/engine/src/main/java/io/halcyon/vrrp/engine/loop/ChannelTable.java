package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.event.Event;
import io.halcyon.api.net.MacAddress;
import io.halcyon.spi.host.Host;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Packet;
import io.halcyon.spi.transport.Transport;
import io.halcyon.vrrp.protocol.Advertisement;
import io.halcyon.vrrp.protocol.AdvertisementCodec;
import io.halcyon.vrrp.protocol.Decoded;
import io.halcyon.vrrp.protocol.Fault;
import io.halcyon.vrrp.protocol.RouterEvent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels, one per interface and transport, closed when their last user lets go; takes what they bring to the
 * routers it is for. Owned by the loop.
 */
final class ChannelTable implements LinkChannel.Upcall {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelTable.class);
    private static final long CONFLICT_PAUSE_NANOS = 60_000_000_000L;

    private record Key(String transport, int linkIndex) {}

    private final Map<String, Transport> transports = new HashMap<>();
    /** Where each transport opens and closes. */
    private final Map<Transport, Worker> workers = new HashMap<>();

    private final Map<Key, LinkChannel> channels = new HashMap<>();
    private final Map<LinkChannel, Set<LoopRouter>> users = new HashMap<>();
    private final Host host;
    private final Worker log;
    private final EventPost events;
    private final Consumer<Runnable> mailbox;
    /** When a conflict is worth telling of again, by interface. */
    private final Map<String, Long> nextConflictReportNanos = new HashMap<>();

    private boolean started;

    ChannelTable(Host host, Worker log, EventPost events, Consumer<Runnable> mailbox) {
        this.host = host;
        this.log = log;
        this.events = events;
        this.mailbox = mailbox;
    }

    /** From here on transports work on threads of their own; without this by {@link #work}, for simulations. */
    void start() {
        started = true;
    }

    boolean work() {
        return workers.values().stream().anyMatch(Worker::turn);
    }

    void add(Transport transport) {
        transports.put(transport.name(), transport);
        Worker worker = new Worker("vrrp-" + transport.name());
        workers.put(transport, worker);
        if (started) {
            worker.start();
        }
    }

    void remove(Transport transport) {
        transports.remove(transport.name(), transport);
    }

    /** Runs something when a transport that was removed has closed all its channels. */
    void finish(Transport transport, Runnable after) {
        Worker worker = workers.remove(transport);
        if (worker == null) {
            after.run();
        } else {
            worker.add(after);
            worker.end();
            while (!started && worker.turn()) {
                // until all is closed
            }
        }
    }

    @Nullable
    Transport transport(String name) {
        return transports.get(name);
    }

    /** The channel of a link, asked for if nobody did yet; its users are told when it is open. */
    LinkChannel use(LoopRouter user, Transport transport, Link link) {
        LinkChannel channel = channels.computeIfAbsent(
                new Key(transport.name(), link.index()),
                unused -> new LinkChannel(transport, worker(transport), link, host::monotonicNanos, mailbox, this));
        users.computeIfAbsent(channel, unused -> new HashSet<>()).add(user);
        return channel;
    }

    private Worker worker(Transport transport) {
        return Objects.requireNonNull(workers.get(transport), transport::name);
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

    @Override
    public void opened(LinkChannel channel) {
        usersOf(channel).forEach(router -> router.channelNews(attachment -> attachment.opened(channel)));
    }

    @Override
    public void failed(LinkChannel channel, String cause) {
        List<LoopRouter> left = usersOf(channel);
        close(channel);
        left.forEach(router -> router.channelNews(attachment -> attachment.failed(channel, cause)));
    }

    @Override
    public void packet(LinkChannel channel, Packet packet, long arrivedNanos) {
        Decoded decoded =
                AdvertisementCodec.decode(packet.message(), packet.ttl(), packet.source(), packet.destination());
        if (decoded instanceof Decoded.Accepted accepted) {
            Advertisement advertisement = accepted.advertisement();
            boolean known = tell(
                    channel,
                    advertisement.vrid(),
                    router -> router.received(advertisement, packet.source(), arrivedNanos));
            if (!known) {
                channel.strays().count(Fault.UNKNOWN_VRID.name());
            }
        } else if (decoded instanceof Decoded.Refused refused) {
            boolean known = tell(channel, refused.vrid(), router -> router.parts()
                    .faults()
                    .count(refused.fault().name()));
            if (!known) {
                channel.strays().count(refused.fault().name());
            }
        } else {
            throw new AssertionError(decoded);
        }
    }

    /** Tells the routers of that id; returns whether there was one. */
    private boolean tell(LinkChannel channel, int vrid, Consumer<LoopRouter> news) {
        boolean known = false;
        for (LoopRouter router : usersOf(channel)) {
            if (router.hears(channel, vrid)) {
                news.accept(router);
                known = true;
            }
        }
        return known;
    }

    @Override
    public void announcement(LinkChannel channel, InetAddress address) {
        usersOf(channel).forEach(router -> router.on(new RouterEvent.AnnouncementHeard(address)));
    }

    @Override
    public void conflict(LinkChannel channel, InetAddress source, MacAddress mac) {
        channel.strays().count(Fault.OWN_ADDRESS.name());
        long now = host.monotonicNanos();
        if (now < nextConflictReportNanos.getOrDefault(channel.link().name(), Long.MIN_VALUE)) {
            return;
        }
        nextConflictReportNanos.put(channel.link().name(), now + CONFLICT_PAUSE_NANOS);
        String what = "is our address on " + channel.link().name() + ", but " + mac + " sends VRRP with it";
        log.add(() -> LOG.warn("{} {}", source.getHostAddress(), what));
        events.publish(new Event.AddressConflict(channel.link().name(), source.getHostAddress(), what), List.of());
    }

    @Override
    public void broken(LinkChannel channel, String cause) {
        List<LoopRouter> left = usersOf(channel);
        close(channel);
        left.forEach(router -> router.channelNews(attachment -> attachment.broke(channel, cause)));
    }

    private List<LoopRouter> usersOf(LinkChannel channel) {
        return List.copyOf(users.getOrDefault(channel, Set.of()));
    }

    List<LinkChannel> all() {
        return List.copyOf(channels.values());
    }

    void closeAll() {
        all().forEach(this::close);
        workers.values().forEach(Worker::close);
    }
}
