package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this host from answering for addresses that another node has already, while they are still here.
 *
 * <p>Linux keeps the first answer that it gets: a client that resolves an address in the overlap may learn the host that is
 * leaving, and be without service when the address goes. A table of our own drops these answers and nothing else. It is
 * owned by the nft process, so no crash leaves it behind. Thread {@code vip-silence} does the work; every method may be
 * called by any thread and returns at once.
 */
final class Silencer {

    private static final Logger LOG = LoggerFactory.getLogger(Silencer.class);
    private static final int STOP_MILLIS = 1_000;
    private static final int HEX = 16;

    /** To try again without the program is to look at a few files. */
    private static final long ABSENT_MILLIS = 5_000;
    /** With one that does not work here it is one process more, and most likely in vain. */
    private static final long BROKEN_MILLIS = 300_000;

    private final List<Path> places;
    private final long absentMillis;
    private final long brokenMillis;
    private final LinkedBlockingQueue<Runnable> orders = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "vip-silence");
    /** Unlike any other instance's on this host: a table belongs to the process that made it. */
    private final String table = "halcyon_" + ProcessHandle.current().pid();

    private volatile String limit = "";
    private volatile boolean prepared;
    /** Nobody who never was silent must be told to speak, least of all during a takeover. */
    private volatile boolean used;

    // owned by the thread
    private final Set<InetAddress> silent = new HashSet<>();
    private @Nullable Nft nft;
    private boolean failed;
    /** When what failed is tried again. Not with every order: a stop brings one for each router. */
    private long dueNanos;

    Silencer() {
        this(Nft.PLACES, ABSENT_MILLIS, BROKEN_MILLIS);
    }

    /**
     * With other patience.
     *
     * @param places where the program may be
     * @param absentMillis until it is looked for again where it was not
     * @param brokenMillis until it is started again where that was in vain
     */
    Silencer(List<Path> places, long absentMillis, long brokenMillis) {
        this.places = places;
        this.absentMillis = absentMillis;
        this.brokenMillis = brokenMillis;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Why it cannot do its work, and what would help; empty if it can or was not asked to yet. */
    String limit() {
        return limit;
    }

    /** Makes the table ready, so that {@link #silence} is quick. */
    void prepare() {
        if (!prepared) {
            prepared = true;
            orders.add(this::ready);
        }
    }

    void silence(Collection<VirtualAddress> addresses) {
        used = true;
        List<VirtualAddress> asked = List.copyOf(addresses);
        orders.add(() -> {
            List<InetAddress> wanted = numbers(asked).toList();
            if (!add(wanted)) {
                // A process that died in the meantime is noticed only now. A new one has an empty table.
                add(wanted);
            }
        });
    }

    private boolean add(List<InetAddress> wanted) {
        return ready() == null
                || change("add", wanted.stream().filter(silent::add).toList());
    }

    /** Answers again, or has nothing left to answer for. */
    void speak(Collection<VirtualAddress> addresses) {
        if (!used) {
            return;
        }
        List<VirtualAddress> asked = List.copyOf(addresses);
        orders.add(() -> change("delete", numbers(asked).filter(silent::remove).toList()));
    }

    private static Stream<InetAddress> numbers(List<VirtualAddress> addresses) {
        return addresses.stream().map(VirtualAddress::address);
    }

    private void run() {
        try {
            while (true) {
                carryOut(next());
            }
        } catch (InterruptedException closing) {
            discard();
        }
    }

    private Runnable next() throws InterruptedException {
        @Nullable
        Runnable order = failed ? orders.poll(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS) : orders.take();
        return order == null ? this::ready : order;
    }

    private static void carryOut(Runnable order) {
        try {
            order.run();
        } catch (RuntimeException | Error e) {
            // Also where the host permits no more threads: the next handover is to be silenced again.
            LOG.error("vip-netlink cannot carry out an order to be silent", e);
        }
    }

    private @Nullable Nft ready() {
        if (nft != null || (failed && System.nanoTime() - dueNanos < 0)) {
            return nft;
        }
        failed = false;
        Nft fresh = null;
        try {
            fresh = Nft.open(places);
            table(fresh, "arp", "ipv4_addr", "type", "arp operation reply arp saddr ip");
            // The target of a neighbor advertisement lies 8 octets into ICMPv6, RFC 4861 section 4.4.
            table(fresh, "ip6", "@th,64,128", "typeof", "icmpv6 type nd-neighbor-advert @th,64,128");
            nft = fresh;
            works();
        } catch (IOException e) {
            if (fresh != null) {
                fresh.close();
            }
            fails(e);
        }
        return nft;
    }

    private void works() {
        if (!limit.isEmpty()) {
            LOG.info("vip-netlink: nftables works now: while an address is handed over, this host is silent");
            limit = "";
        }
    }

    private void fails(IOException cause) {
        boolean installed = Nft.installed(places);
        failed = true;
        dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(installed ? brokenMillis : absentMillis);
        String found = installed
                ? "nftables does not work here (" + cause.getMessage() + "): " + consequence()
                : "nftables is not installed (Debian package nftables): " + consequence();
        if (!found.equals(limit)) {
            limit = found;
            LOG.info("vip-netlink: {}", found);
        }
    }

    private static String consequence() {
        return "while an address is handed over, this host still answers who resolves it anew";
    }

    private void table(Nft fresh, String family, String type, String typeKind, String match) throws IOException {
        String name = family + " " + table;
        fresh.run("add table " + name + " { flags owner; }");
        fresh.run("add set " + name + " quiet { " + typeKind + " " + type + "; }");
        fresh.run("add chain " + name + " output { type filter hook output priority 0; }");
        fresh.run("add rule " + name + " output " + match + " @quiet drop");
    }

    /** False if the process that has the table failed, which is gone then and the table with it. */
    private boolean change(String verb, List<InetAddress> addresses) {
        Nft open = addresses.isEmpty() ? null : nft;
        if (open == null) {
            return true;
        }
        try {
            change(
                    open,
                    verb,
                    "arp",
                    addresses.stream().filter(Inet4Address.class::isInstance).toList());
            change(
                    open,
                    verb,
                    "ip6",
                    addresses.stream()
                            .filter(one -> !(one instanceof Inet4Address))
                            .toList());
            return true;
        } catch (IOException e) {
            LOG.warn("vip-netlink cannot {} what is silenced, starting anew: {}", verb, e.getMessage());
            discard();
            return false;
        }
    }

    private void change(Nft open, String verb, String family, List<InetAddress> addresses) throws IOException {
        if (!addresses.isEmpty()) {
            open.run(verb + " element " + family + " " + table + " quiet { "
                    + addresses.stream().map(Silencer::element).collect(Collectors.joining(", ")) + " }");
        }
    }

    private static String element(InetAddress address) {
        return address instanceof Inet4Address ? address.getHostAddress() : "0x" + hex(address.getAddress());
    }

    private static String hex(byte[] octets) {
        StringBuilder text = new StringBuilder();
        for (byte octet : octets) {
            text.append(Character.forDigit((octet & 0xff) / HEX, HEX)).append(Character.forDigit(octet & 0x0f, HEX));
        }
        return text.toString();
    }

    /** The kernel takes the table away with the process. */
    private void discard() {
        silent.clear();
        Nft open = nft;
        nft = null;
        if (open != null) {
            open.close();
        }
    }

    /** Ends the thread, and with it the table. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(STOP_MILLIS);
    }
}
