package io.halcyon.vip.exec;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.vip.VipListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Tells a router what became of its orders, in their order, although commands end as they like. An address whose first
 * attempt failed is stepped over and told of when a later one succeeds. Belongs to the keeper's thread.
 */
final class Reports {

    /** What is told of an address. */
    enum Kind {
        INSTALLED,
        RELEASED
    }

    private enum State {
        OPEN,
        DONE,
        FAILED
    }

    private static final class Entry {
        private final Kind kind;
        private final VirtualAddress address;
        private State state = State.OPEN;

        private Entry(Kind kind, VirtualAddress address) {
            this.kind = kind;
            this.address = address;
        }
    }

    private final VipListener listener;
    private final Deque<Entry> entries = new ArrayDeque<>();

    Reports(VipListener listener) {
        this.listener = listener;
    }

    void expect(Kind kind, VirtualAddress address) {
        entries.add(new Entry(kind, address));
    }

    /** What is expected of an address is not wanted any more. */
    void cancel(Kind kind, VirtualAddress address) {
        entries.removeIf(entry -> entry.state == State.OPEN && entry.kind == kind && entry.address.equals(address));
    }

    /** An attempt has ended. */
    void end(Kind kind, VirtualAddress address, boolean success) {
        boolean expected = false;
        for (Entry entry : entries) {
            if (entry.state == State.OPEN && entry.kind == kind && entry.address.equals(address)) {
                entry.state = success ? State.DONE : State.FAILED;
                expected = true;
            }
        }
        if (!expected && success) {
            Entry late = new Entry(kind, address);
            late.state = State.DONE;
            entries.add(late);
        }
    }

    /** Tells all that is due, those of one kind that follow each other at once. */
    void flush() {
        while (!entries.isEmpty() && entries.getFirst().state != State.OPEN) {
            Kind kind = entries.getFirst().kind;
            List<VirtualAddress> batch = new ArrayList<>();
            while (!entries.isEmpty() && entries.getFirst().kind == kind && entries.getFirst().state != State.OPEN) {
                Entry entry = entries.removeFirst();
                if (entry.state == State.DONE) {
                    batch.add(entry.address);
                }
            }
            tell(kind, batch);
        }
    }

    private void tell(Kind kind, List<VirtualAddress> batch) {
        if (batch.isEmpty()) {
            return;
        }
        if (kind == Kind.INSTALLED) {
            listener.onInstalled(batch);
        } else {
            listener.onReleased(batch);
        }
    }
}
