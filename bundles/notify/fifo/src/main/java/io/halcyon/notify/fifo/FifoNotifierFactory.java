package io.halcyon.notify.fifo;

import io.halcyon.spi.notify.Notifier;
import io.halcyon.spi.notify.NotifierFactory;
import org.osgi.service.component.annotations.Component;

/** Makes notifiers of the type {@code fifo}. */
@Component(service = NotifierFactory.class)
public final class FifoNotifierFactory implements NotifierFactory<FifoKeys> {

    @Override
    public String type() {
        return "fifo";
    }

    @Override
    public Class<FifoKeys> parameters() {
        return FifoKeys.class;
    }

    @Override
    public Notifier create(String name, FifoKeys keys) {
        var settings = SettingsKeys.read(keys);
        var script = settings.script();
        var reader = script == null ? null : new ReaderScript(name, script);
        return new FifoNotifier(settings.telling(), new Outlet(name, settings.fifo(), reader));
    }
}
