package io.halcyon.itests.karaf.notebook;

import io.halcyon.spi.notify.Notifier;
import io.halcyon.spi.notify.NotifierFactory;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;

/** Makes notifiers of the type {@code notebook}. */
@Component(service = NotifierFactory.class)
public final class NotebookFactory implements NotifierFactory<NotebookKeys> {

    @Override
    public String type() {
        return "notebook";
    }

    @Override
    public Class<NotebookKeys> parameters() {
        return NotebookKeys.class;
    }

    @Override
    public Notifier create(String name, NotebookKeys keys) {
        var file = Path.of(keys.file());
        if (!file.isAbsolute()) {
            throw new IllegalArgumentException("file = " + file + " is refused: allowed is an absolute path");
        }
        return new Notebook(file);
    }
}
