package io.halcyon.itests.lab;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Listens to what the hosts' kernels tell of addresses. One thread per host reads. */
public final class Addresses implements AutoCloseable {

    private static final int RTMGRP_IPV4_IFADDR = 0x10;
    private static final int RTMGRP_IPV6_IFADDR = 0x100;
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_DELADDR = 21;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_CACHEINFO = 6;
    private static final int IFA_F_PERMANENT = 0x80;
    private static final int READ_TIMEOUT_MILLIS = 200;
    private static final long REST_NANOS = 1_000_000;

    /** Not read yet: of a thousand messages in milliseconds, when the daemons need the processors. */
    private final List<Told> told = new ArrayList<>();

    private final List<AddressChange> changes = new ArrayList<>();
    private volatile boolean open = true;

    /** Starts listening in every host of the lab. */
    public Addresses(Lab lab) {
        for (var name : lab.hostNames()) {
            var socket = Netns.call(lab.host(name).pid(), Addresses::open);
            Netns.thread(lab.name() + "-addresses-" + name, lab.host(name).pid(), () -> read(name, socket));
        }
    }

    private static Fd open() {
        return Fd.netlink(RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR, READ_TIMEOUT_MILLIS);
    }

    private void read(String host, Fd socket) {
        try (socket;
                var notices = new Notices()) {
            while (open) {
                int count = notices.await(socket);
                messages(notices, count, host);
                if (count == 0) {
                    continue; // the time limit, so that the thread can end
                }
                // Of a thousand at once the others may be told up to 1 ms later. Who listens takes time from the
                // daemons,
                // and who wakes often keeps the kernel from moving one of two threads that wait for one processor to
                // the other.
                LockSupport.parkNanos(REST_NANOS);
                do {
                    count = notices.poll(socket);
                    messages(notices, count, host);
                } while (Notices.full(count));
            }
        }
    }

    private void messages(Notices notices, int count, String host) {
        long at = Times.now();
        List<Told> read = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            var message = notices.message(i);
            var copy = ByteBuffer.allocate(message.remaining()).order(ByteOrder.nativeOrder());
            read.add(new Told(at, host, copy.put(message).flip()));
        }
        synchronized (told) {
            told.addAll(read);
        }
    }

    private List<AddressChange> changes(Predicate<AddressChange> filter) {
        synchronized (changes) {
            synchronized (told) {
                told.forEach(this::decode);
                told.clear();
            }
            return changes.stream().filter(filter).toList();
        }
    }

    private void decode(Told one) {
        var data = one.message;
        for (int start = 0; start + 24 <= data.limit(); ) {
            int length = data.getInt(start);
            int type = data.getShort(start + 4);
            if (type == RTM_NEWADDR || type == RTM_DELADDR) {
                changes.add(change(data, start, length, type == RTM_NEWADDR, one.at, one.host));
            }
            start += (length + 3) & ~3;
        }
    }

    private static AddressChange change(ByteBuffer data, int start, int length, boolean added, long at, String host) {
        boolean permanent = (data.get(start + 18) & IFA_F_PERMANENT) != 0;
        var address = "";
        long valid = -1;
        for (int i = start + 24; i + 4 <= start + length; i += (data.getShort(i) + 3) & ~3) {
            int type = data.getShort(i + 2);
            if (type == IFA_ADDRESS && data.get(start + 16) == Libc.AF_INET6) {
                address = ipv6(data, i + 4);
            } else if (type == IFA_LOCAL && data.get(start + 16) == Libc.AF_INET) {
                address = (data.get(i + 4) & 0xff) + "." + (data.get(i + 5) & 0xff) + "." + (data.get(i + 6) & 0xff)
                        + "." + (data.get(i + 7) & 0xff);
            } else if (type == IFA_CACHEINFO) {
                valid = data.getInt(i + 8);
            }
        }
        return new AddressChange(at, host, address, added, permanent ? -1 : valid, permanent);
    }

    /** As Java writes it: without {@code ::}. */
    static String ipv6(ByteBuffer data, int at) {
        byte[] bytes = new byte[16];
        data.get(at, bytes);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new LabException("16 octets are an address", e);
        }
    }

    /** What was told of an address in a host since a time, oldest first; renewals are additions too. */
    public List<AddressChange> of(String host, String address, long since) {
        return changes(change -> change.at() >= since
                && change.host().equals(host)
                && change.address().equals(address));
    }

    /** What was told of any address in a host since a time, oldest first. */
    public List<AddressChange> in(String host, long since) {
        return changes(change -> change.at() >= since && change.host().equals(host));
    }

    /** The last addition or renewal. */
    public Optional<AddressChange> lastRenewal(String host, String address) {
        return of(host, address, 0).stream().filter(AddressChange::present).reduce((first, second) -> second);
    }

    /** When the address left the host; waits for it. */
    public long awaitGone(String host, String address, long since, Duration limit) {
        return Await.found(address + " leaves " + host, limit, () -> of(host, address, since).stream()
                        .filter(change -> !change.present())
                        .findFirst())
                .at();
    }

    /** Whether the host has the address, as far as it was told. */
    public boolean present(String host, String address) {
        var all = of(host, address, 0);
        return !all.isEmpty() && all.get(all.size() - 1).present();
    }

    @Override
    public void close() {
        open = false;
    }

    /** Some messages as they came. */
    private record Told(long at, String host, ByteBuffer message) {}
}
