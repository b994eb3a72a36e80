package io.halcyon.notify.syslog;

import io.halcyon.spi.notify.Notifier;
import io.halcyon.spi.notify.NotifierFactory;
import org.osgi.service.component.annotations.Component;

/** Makes notifiers of the type {@code syslog}. */
@Component(service = NotifierFactory.class)
public final class SyslogNotifierFactory implements NotifierFactory<SyslogKeys> {

    @Override
    public String type() {
        return "syslog";
    }

    @Override
    public Class<SyslogKeys> parameters() {
        return SyslogKeys.class;
    }

    @Override
    public Notifier create(String name, SyslogKeys keys) {
        var route = RouteKeys.read(keys);
        return new SyslogNotifier(new MessageWriter(StyleKeys.read(keys)), new Line(name, route, Line.IDLE_MILLIS));
    }
}
