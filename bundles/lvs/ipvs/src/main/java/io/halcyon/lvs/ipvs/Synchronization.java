package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.SyncDaemon;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kernel's synchronization daemons. Belongs to thread {@code lvs-ipvs}. */
final class Synchronization {

    /** Null as long as nobody has said anything: then those that run are left alone. */
    private @Nullable Set<SyncDaemon> wanted;

    private Set<SyncDaemon> started = Set.of();

    void want(Set<SyncDaemon> daemons) {
        wanted = Set.copyOf(daemons);
    }

    /**
     * Stops and starts what is not as it is wanted.
     *
     * @return what had to be done, for a person
     * @throws IOException also if a daemon cannot be started, such as without its interface
     */
    List<String> reconcile(Kernel kernel) throws IOException {
        Set<SyncDaemon> wishes = wanted;
        List<String> done = new ArrayList<>();
        if (wishes == null) {
            return done;
        }
        List<SyncDaemon> running = new ArrayList<>(kernel.daemons());
        for (SyncDaemon found : List.copyOf(running)) {
            // One that an earlier run started is right if it looks right; of one that we started we know more.
            boolean right = wishes.stream()
                    .anyMatch(wish -> SyncDaemons.runs(wish, found)
                            && started.stream().noneMatch(ours -> ours.role() == wish.role() && !ours.equals(wish)));
            if (!right) {
                kernel.stop(found.role());
                running.remove(found);
                done.add("synchronization as " + found.role() + " was stopped");
            }
        }
        for (SyncDaemon wish : wishes) {
            if (running.stream().noneMatch(found -> found.role() == wish.role())) {
                kernel.start(wish);
                done.add("synchronization as " + wish.role() + " was started");
            }
        }
        started = wishes;
        return done;
    }
}
