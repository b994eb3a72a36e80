package io.halcyon.notify.fifo;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import java.nio.charset.StandardCharsets;

/** Writes one line per event. The thread that delivers owns it. */
final class FifoNotifier implements Notifier {

    private final Telling telling;
    private final Outlet outlet;

    FifoNotifier(Telling telling, Outlet outlet) {
        this.telling = telling;
        this.outlet = outlet;
    }

    @Override
    public void deliver(EventRecord happened) throws DeliveryException, InterruptedException {
        var line = telling.line(happened);
        if (!line.isEmpty()) {
            outlet.write(line.getBytes(StandardCharsets.UTF_8));
        } else if (happened.event() instanceof Event.Trial) {
            // There is no line for it that a reader would know; that there is a reader can be found out.
            outlet.requireReader();
        }
    }

    @Override
    public void close() {
        outlet.close();
    }
}
