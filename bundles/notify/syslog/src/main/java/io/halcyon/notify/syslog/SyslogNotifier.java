package io.halcyon.notify.syslog;

import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import java.io.IOException;

/** Writes one message per event. */
final class SyslogNotifier implements Notifier {

    private final MessageWriter writer;
    private final Line line;

    SyslogNotifier(MessageWriter writer, Line line) {
        this.writer = writer;
        this.line = line;
    }

    @Override
    public void deliver(EventRecord event) throws DeliveryException, InterruptedException {
        var message = writer.write(event);
        try {
            line.send(message);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.toString());
            }
            // Syslog never answers, so nothing says that this message is the trouble.
            throw new DeliveryException(line.place() + ": " + sentence(e), null, true);
        }
    }

    @Override
    public void close() {
        line.close();
    }

    private static String sentence(IOException e) {
        var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
