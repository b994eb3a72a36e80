package io.halcyon.vip.netlink;

import io.halcyon.linux.Errno;
import io.halcyon.linux.netlink.Change;
import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.Refused;
import io.halcyon.linux.netlink.RouteRequests;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Puts held addresses into the kernel, takes them out, and tells each what became of it. Belongs to thread
 * {@code vip-netlink}.
 *
 * <p>An address is added exclusively, without looking first: that is quickest, and safe. Only where the kernel has it
 * already, a look tells whether it is a left-over of ours.
 */
final class Kernel implements AutoCloseable {

    /** The kernel counts interfaces from 1 on and has never come that far. */
    private static final int NO_INTERFACE = Integer.MAX_VALUE;

    private final RouteRequests requests;
    private final Ownership ownership;
    private final ToIntFunction<String> indexes;

    /** Whether what the kernel refuses counts as done. */
    private final boolean rehearsal;

    Kernel(RouteRequests requests, Ownership ownership) {
        this(requests, ownership, RouteRequests::indexOf, false);
    }

    private Kernel(RouteRequests requests, Ownership ownership, ToIntFunction<String> indexes, boolean rehearsal) {
        this.requests = requests;
        this.ownership = ownership;
        this.indexes = indexes;
        this.rehearsal = rehearsal;
    }

    /**
     * One that asks for an interface that cannot be: the kernel refuses each addition, which counts as made, and all else is
     * as it would be.
     */
    Kernel rehearsing() {
        return new Kernel(requests, new Ownership.ByProtocol(), dev -> NO_INTERFACE, true);
    }

    boolean ours(KernelAddress address) {
        return ownership.ours(address);
    }

    RouteRequests requests() {
        return requests;
    }

    /** All addresses there are, by what makes them one of a kind. */
    Map<KernelAddress.Key, KernelAddress> look() throws IOException {
        Map<KernelAddress.Key, KernelAddress> found = new LinkedHashMap<>();
        for (KernelAddress address : requests.addresses()) {
            found.put(address.key().identity(), address);
        }
        return found;
    }

    /**
     * Renews what is there and adds what is not.
     *
     * @return what is there now, foreign ones included
     */
    List<Held> install(Collection<Held> wanted, long validSeconds) throws IOException {
        List<Held> asked = locate(wanted);
        List<Held> fresh = ownership.claim(asked);
        List<Change> changes = new ArrayList<>(asked.size());
        for (Held held : asked) {
            Change.Mode mode = held.in(Held.State.PRESENT) ? Change.Mode.REPLACE : Change.Mode.ADD;
            changes.add(Puts.put(mode, held, validSeconds));
        }
        List<Held> occupied = new ArrayList<>();
        List<Refused> refused = requests.apply(changes);
        List<Held> there = outcome(asked, rehearsal ? List.of() : refused, occupied);
        if (!occupied.isEmpty()) {
            ownership.forget(fresh.stream().filter(occupied::contains).toList());
            there.addAll(adopt(occupied, validSeconds));
        }
        // An identical route only gets the new lifetime (EEXIST); without the interface up there is none to be had.
        requests.apply(ConnectedRoutes.puts(there, validSeconds));
        return there;
    }

    /** Lets the host answer for IPv4 addresses that are not there yet, beside one of ours that is. */
    Foothold foothold(Held first, List<Held> rest) throws IOException {
        // The kernel would take somebody else's as well, which has no lease.
        return Foothold.of(requests, first, first.in(Held.State.PRESENT) ? locate(rest) : List.of());
    }

    /**
     * Renews what is there for the last time; nothing is put back.
     *
     * @return what is there
     */
    List<Held> renewToLeave(Collection<Held> wanted, long validSeconds) throws IOException {
        List<Held> there =
                wanted.stream().filter(held -> held.in(Held.State.PRESENT)).toList();
        List<Change> changes = new ArrayList<>(there.size());
        there.forEach(held -> changes.add(Puts.putToLeave(held, validSeconds)));
        requests.apply(changes);
        requests.apply(ConnectedRoutes.puts(there, validSeconds));
        return there;
    }

    /**
     * Removes addresses: what is held at once, left-overs after a look, foreign ones never. A left-over that would take the
     * host's own addresses with it stays, with its lease, where that cannot be prevented.
     *
     * @param staying what others still want: their routes stay
     */
    void remove(Collection<Held> unwanted, Collection<Held> staying) throws IOException {
        List<Held> asked = new ArrayList<>();
        List<Held> unsure = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (Held held : unwanted) {
            if (held.in(Held.State.PRESENT)) {
                asked.add(held);
                changes.add(new Change.RemoveAddress(held.key()));
            } else {
                unsure.add(held);
            }
        }
        Map<KernelAddress.Key, KernelAddress> found = unsure.isEmpty() ? Map.of() : look();
        List<Held> leading = new ArrayList<>();
        List<Change> leadingChanges = new ArrayList<>();
        Set<Primacy.Subnet> led = Primacy.endangered(found.values(), ownership::ours);
        Map<String, Integer> known = new HashMap<>();
        for (Held held : unsure) {
            held.index = known.computeIfAbsent(held.dev, RouteRequests::indexOf);
            KernelAddress leftOver = found.get(held.identity());
            if (leftOver != null && ownership.ours(leftOver)) {
                boolean leads = !held.address.isIpv6() && led.contains(Primacy.Subnet.of(leftOver.key()));
                (leads ? leading : asked).add(held);
                (leads ? leadingChanges : changes).add(new Change.RemoveAddress(leftOver.key()));
            }
        }
        remove(asked, changes);
        asked.addAll(removeLeading(leading, leadingChanges));
        ownership.forget(asked);
        requests.apply(ConnectedRoutes.removes(asked, staying));
    }

    /**
     * Puts our addresses behind the host's own ones in their subnet: a hole of well under a millisecond, once, instead of
     * a host that loses its addresses together with ours.
     */
    void stepBack(List<Held> leading, String dev) throws IOException {
        List<Change> removals = new ArrayList<>();
        leading.forEach(held -> removals.add(new Change.RemoveAddress(held.key())));
        promoting(Set.of(dev), () -> requests.apply(removals));
        leading.forEach(held -> held.state = Held.State.MISSING);
    }

    /** Returns those that are gone. */
    private List<Held> removeLeading(List<Held> leading, List<Change> changes) throws IOException {
        Set<String> devs = new LinkedHashSet<>();
        leading.forEach(held -> devs.add(held.dev));
        try {
            promoting(devs, () -> remove(leading, changes));
            return leading;
        } catch (FileSystemException e) {
            leading.forEach(held -> held.trouble(
                    Held.State.MISSING,
                    "was not removed: it is the primary address of its subnet and promote_secondaries cannot be set, so the"
                            + " host's own addresses would go too"));
            return List.of();
        }
    }

    private void remove(List<Held> asked, List<Change> changes) throws IOException {
        for (Refused refused : requests.apply(changes)) {
            // Gone already, or gone with its interface: that is what was wanted.
            if (refused.errno() != Errno.EADDRNOTAVAIL && refused.errno() != Errno.ENODEV) {
                asked.get(refused.position()).trouble(Held.State.MISSING, "was not removed, " + why(refused));
            }
        }
    }

    private static void promoting(Set<String> devs, Primacy.Action action) throws IOException {
        Primacy.Action all = action;
        for (String dev : devs) {
            Primacy.Action inner = all;
            all = Primacy.promotes(dev) ? inner : () -> Primacy.promoting(dev, inner);
        }
        all.run();
    }

    @Override
    public void close() {
        requests.close();
    }

    /** Finds the interface of each; one that was made again has lost its addresses. */
    private List<Held> locate(Collection<Held> wanted) {
        Map<String, Integer> known = new HashMap<>();
        List<Held> located = new ArrayList<>(wanted.size());
        for (Held held : wanted) {
            int index = known.computeIfAbsent(held.dev, indexes::applyAsInt);
            if (index == 0) {
                held.trouble(Held.State.MISSING, "is not there, interface " + held.dev + " is missing");
                continue;
            }
            if (index != held.index) {
                held.index = index;
                held.state = Held.State.MISSING;
            }
            located.add(held);
        }
        return located;
    }

    private List<Held> outcome(List<Held> asked, List<Refused> refused, List<Held> occupied) {
        Map<Integer, Refused> byPosition = new HashMap<>();
        refused.forEach(one -> byPosition.put(one.position(), one));
        List<Held> there = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            Refused one = byPosition.get(i);
            if (one == null) {
                asked.get(i).present();
                there.add(asked.get(i));
            } else if (one.errno() == Errno.EEXIST) {
                occupied.add(asked.get(i));
            } else {
                asked.get(i).trouble(Held.State.MISSING, "was not added, " + why(one));
            }
        }
        return there;
    }

    /** Takes over what is a left-over of ours; leaves alone what is not. */
    private List<Held> adopt(List<Held> occupied, long validSeconds) throws IOException {
        Map<KernelAddress.Key, KernelAddress> found = look();
        List<Held> foreign = new ArrayList<>();
        List<Held> asked = new ArrayList<>();
        List<Change> removals = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (Held held : occupied) {
            KernelAddress there = found.get(held.identity());
            if (there != null && !ownership.ours(there)) {
                held.trouble(Held.State.FOREIGN, "was there before and is not ours, it is left alone");
                foreign.add(held);
                continue;
            }
            boolean adoptable = there != null && Puts.adoptable(there, held);
            if (there != null && !adoptable) {
                removals.add(new Change.RemoveAddress(there.key()));
            }
            asked.add(held);
            changes.add(Puts.put(adoptable ? Change.Mode.REPLACE : Change.Mode.ADD, held, validSeconds));
        }
        requests.apply(removals);
        ownership.claim(asked);
        List<Held> occupiedAgain = new ArrayList<>();
        List<Held> there = outcome(asked, requests.apply(changes), occupiedAgain);
        for (Held held : occupiedAgain) {
            held.trouble(Held.State.MISSING, "was not added, somebody else adds it at the same time");
        }
        there.addAll(foreign);
        return there;
    }

    private static String why(Refused refused) {
        return Errno.name(refused.errno()) + (refused.text().isEmpty() ? "" : " (" + refused.text() + ")");
    }
}
