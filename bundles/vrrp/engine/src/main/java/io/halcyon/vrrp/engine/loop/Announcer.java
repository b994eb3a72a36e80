package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.transport.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends gratuitous ARP and neighbor advertisements on a worker, so that a thousand addresses cannot delay an
 * advertisement. Thread-safe.
 *
 * <p>First rounds go before repetitions: every address is announced once before any is announced twice.
 */
final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    /**
     * Some addresses to be announced some times.
     *
     * @param wanted asked whether the announcement is still true; who says no may give it back later
     * @param sent told how many were announced
     */
    record Job(Channel channel, List<InetAddress> addresses, int rounds, Predicate<Job> wanted, IntConsumer sent) {

        Job oneRoundLess() {
            return new Job(channel, addresses, rounds - 1, wanted, sent);
        }
    }

    private final Worker worker;
    private final Worker helper;

    /**
     * One that has nothing to announce yet.
     *
     * @param worker does it
     * @param helper does some of it when there is a processor for it
     */
    Announcer(Worker worker, Worker helper) {
        this.worker = worker;
        this.helper = helper;
    }

    void announce(Job job) {
        if (job.rounds() > 0 && !job.addresses().isEmpty()) {
            worker.addFirst(() -> round(job));
        }
    }

    /** Announces once on the calling thread, and the other times like {@link #announce}: without a way from thread to thread. */
    void announceHere(Job job) {
        if (job.rounds() > 0 && !job.addresses().isEmpty()) {
            round(job);
        }
    }

    /** Goes through what comes of it when nothing else is to be announced. */
    void rehearse(Runnable announcing) {
        worker.add(announcing);
    }

    /** Does what is next on the calling thread, which has a processor for it. */
    void help() {
        worker.turn();
    }

    /** Two threads do what is left. */
    void hurry() {
        helper.add(() -> {
            boolean more;
            do {
                more = worker.turn();
            } while (more);
        });
    }

    private void round(Job job) {
        if (!job.wanted().test(job)) {
            return;
        }
        try {
            job.channel().announce(job.addresses());
            job.sent().accept(job.addresses().size());
        } catch (IOException e) {
            LOG.debug("announcement failed: {}", e.toString());
        }
        if (job.rounds() > 1) {
            Job next = job.oneRoundLess();
            worker.add(() -> round(next));
        }
    }
}
