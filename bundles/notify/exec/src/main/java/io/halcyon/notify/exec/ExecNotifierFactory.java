package io.halcyon.notify.exec;

import io.halcyon.spi.notify.Notifier;
import io.halcyon.spi.notify.NotifierFactory;
import org.osgi.service.component.annotations.Component;

/** Makes notifiers of the type {@code exec}. */
@Component(service = NotifierFactory.class)
public final class ExecNotifierFactory implements NotifierFactory<ExecKeys> {

    @Override
    public String type() {
        return "exec";
    }

    @Override
    public Class<ExecKeys> parameters() {
        return ExecKeys.class;
    }

    @Override
    public Notifier create(String name, ExecKeys keys) {
        return new ExecNotifier(name, ScriptsKeys.read(keys));
    }
}
