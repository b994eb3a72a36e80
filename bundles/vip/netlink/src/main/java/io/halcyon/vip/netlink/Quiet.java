package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether this host answers for one account's addresses. The methods may be called by any thread and return at once. */
final class Quiet {

    private final Silencer silencer;
    /** Nobody who never was silent must be told to speak, least of all during a takeover. */
    private volatile boolean used;

    /** What was told last: a takeover need not tell it again. */
    private volatile List<VirtualAddress> expected = List.of();

    /** Of its set in the kernel. */
    final String name;

    // owned by the silencer's thread
    private List<VirtualAddress> listed = List.of();
    private Set<InetAddress> addresses = Set.of();
    private boolean silent;
    private boolean closed;

    Quiet(Silencer silencer, String name) {
        this.silencer = silencer;
        this.name = name;
    }

    /** These may have to be silent some day: what takes long is done now. */
    void prepare(Collection<VirtualAddress> some) {
        List<VirtualAddress> asked = List.copyOf(some);
        expected = asked;
        silencer.order(this, () -> prepared(asked));
    }

    /** The same when there is nothing else to do, if it was not done before: a takeover has other things to begin with. */
    void prepareLater(Collection<VirtualAddress> some) {
        List<VirtualAddress> asked = List.copyOf(some);
        if (!asked.equals(expected)) {
            expected = asked;
            silencer.atLeisure(this, () -> prepared(asked));
        }
    }

    private void prepared(List<VirtualAddress> asked) {
        if (!silent) {
            list(asked);
        }
    }

    /** Answers nobody who resolves one of these any more. */
    void silence(Collection<VirtualAddress> some) {
        used = true;
        List<VirtualAddress> asked = List.copyOf(some);
        expected = asked;
        silencer.order(this, () -> {
            list(
                    silent
                            ? Stream.concat(listed.stream(), asked.stream())
                                    .distinct()
                                    .toList()
                            : asked);
            silent = true;
        });
    }

    /** Answers again, or has nothing left to answer for. */
    void speak() {
        if (used) {
            silencer.order(this, () -> silent = false);
        }
    }

    /** Is needed no more. */
    void close() {
        silencer.atLeisure(this, () -> {
            silent = false;
            closed = true;
        });
    }

    private void list(List<VirtualAddress> wanted) {
        // Most often it is the same list, and a handover has no time to look at a thousand addresses.
        if (!wanted.equals(listed)) {
            listed = wanted;
            addresses = wanted.stream().map(VirtualAddress::address).collect(Collectors.toUnmodifiableSet());
        }
    }

    Set<InetAddress> addresses() {
        return addresses;
    }

    boolean isSilent() {
        return silent;
    }

    boolean isClosed() {
        return closed;
    }
}
