package io.halcyon.itests.karaf.notebook;

import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.osgi.framework.FrameworkUtil;

/** Writes each event on a line of a file, and which version of this bundle wrote it. */
final class Notebook implements Notifier {

    private final Path file;
    private final String version =
            String.valueOf(FrameworkUtil.getBundle(Notebook.class).getVersion());

    Notebook(Path file) {
        this.file = file;
    }

    @Override
    public void deliver(EventRecord record) throws DeliveryException {
        var event = record.event();
        var line = record.id() + " " + event.object() + ": " + event.text() + " (notebook " + version + ")\n";
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // A full disk is not full for ever: true, it is worth another try.
            throw new DeliveryException("cannot write to " + file + ": " + e.getMessage(), e, true);
        }
    }
}
