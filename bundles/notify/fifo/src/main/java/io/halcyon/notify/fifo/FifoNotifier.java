package io.halcyon.notify.fifo;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import java.util.List;

/** Writes one line per event. The thread that delivers owns it. */
final class FifoNotifier implements Notifier {

    private final Telling telling;
    private final Outlet outlet;

    /** The event of which some lines are written and others are not. */
    private long begun;

    private int written;

    FifoNotifier(Telling telling, Outlet outlet) {
        this.telling = telling;
        this.outlet = outlet;
    }

    @Override
    public void deliver(EventRecord happened) throws DeliveryException, InterruptedException {
        var lines = telling.lines(happened);
        if (!lines.isEmpty()) {
            write(happened.id(), lines);
        } else if (happened.event() instanceof Event.Trial) {
            // There is no line for it that a reader would know; that there is a reader can be found out.
            outlet.requireReader();
        }
    }

    private void write(long event, List<byte[]> lines) throws DeliveryException, InterruptedException {
        if (event != begun) {
            begun = event;
            written = 0;
        }
        while (written < lines.size()) {
            outlet.write(lines.get(written));
            written++;
        }
        written = 0;
    }

    @Override
    public void close() {
        outlet.close();
    }
}
