package io.halcyon.notify.fifo;

import io.halcyon.linux.file.Fifo;
import io.halcyon.linux.file.FifoWriter;
import io.halcyon.linux.file.NoReaderException;
import io.halcyon.spi.notify.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The FIFO, made and opened when the first line comes and kept open until the end: so what a reader leaves unread, the next
 * one gets. The thread that delivers owns it.
 */
final class Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    /** How long a reader that is there may take to make room before the engine tries again, with longer and longer pauses. */
    private static final long ROOM_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long the script that was just started may take to open the FIFO. */
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long POLL_MILLIS = 20;

    private final String notifier;
    private final Fifo fifo;
    private final @Nullable ReaderScript reader;

    private @Nullable FifoWriter writer;
    private boolean made;

    Outlet(String notifier, Fifo fifo, @Nullable ReaderScript reader) {
        this.notifier = notifier;
        this.fifo = fifo;
        this.reader = reader;
    }

    /**
     * Writes a line, whole or not at all.
     *
     * @throws DeliveryException if nobody reads, or not fast enough
     */
    void write(byte[] line) throws DeliveryException, InterruptedException {
        try {
            if (isTaken(line)) {
                return;
            }
            var open = connected();
            long deadline = System.nanoTime() + ROOM_NANOS;
            while (!open.write(line)) {
                if (System.nanoTime() - deadline > 0) {
                    throw failure(
                            null,
                            "the reader of " + fifo.path() + " does not keep up: it has left " + open.unreadBytes()
                                    + " bytes unread");
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (IOException e) {
            throw failure(e, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Looks whether somebody reads, and writes nothing.
     *
     * @throws DeliveryException if nobody does
     */
    void requireReader() throws DeliveryException, InterruptedException {
        try {
            if (!connected().hasReader()) {
                throw failure(null, "nobody reads " + fifo.path() + " any more");
            }
        } catch (IOException e) {
            throw failure(e, String.valueOf(e.getMessage()));
        }
    }

    /** Ends our side first, so that the reader finds the end of the file behind the last line. */
    void close() {
        var open = writer;
        writer = null;
        if (open != null) {
            letGo(open);
        }
        if (reader != null) {
            reader.stop();
        }
        if (made) {
            made = false;
            remove();
        }
    }

    /** Whether the reader of the line before takes this one, too: to write is to ask. */
    private boolean isTaken(byte[] line) throws IOException {
        var open = writer;
        try {
            return open != null && open.write(line);
        } catch (NoReaderException e) {
            LOG.trace("{}: its reader has gone", notifier, e);
            return false;
        }
    }

    private FifoWriter connected() throws IOException, InterruptedException {
        var open = writer;
        if (open != null && (open.hasReader() || open.isInPlace())) {
            return open;
        }
        if (open != null) {
            writer = null;
            letGo(open);
        }
        made |= fifo.make();
        if (reader != null) {
            // Not before somebody could write to it: what is no FIFO must not be read either.
            fifo.verify();
            reader.start();
        }
        var opened = opened(System.nanoTime() + START_NANOS);
        writer = opened;
        return opened;
    }

    private FifoWriter opened(long deadlineNanos) throws IOException, InterruptedException {
        while (true) {
            try {
                return fifo.open();
            } catch (NoReaderException e) {
                if (reader == null || !reader.isRunning() || System.nanoTime() - deadlineNanos > 0) {
                    throw e;
                }
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void letGo(FifoWriter open) {
        try {
            int unread = open.unreadBytes();
            if (unread > 0 && !open.hasReader()) {
                LOG.warn("{}: nobody has read the last {} bytes of {}, they are gone", notifier, unread, fifo.path());
            }
        } catch (IOException e) {
            LOG.debug("{}: {}", notifier, e.getMessage());
        }
        open.close();
    }

    private void remove() {
        try {
            fifo.verify();
            Files.deleteIfExists(fifo.path());
        } catch (IOException e) {
            LOG.debug("{}: {} is not removed: {}", notifier, fifo.path(), e.getMessage());
        }
    }

    private DeliveryException failure(@Nullable IOException cause, String what) {
        var news = reader == null ? "" : reader.news();
        return new DeliveryException(news.isEmpty() ? what : what + "; " + news, cause, true);
    }
}
