package io.halcyon.notify.smtp;

import io.halcyon.spi.notify.Notifier;
import io.halcyon.spi.notify.NotifierFactory;
import org.osgi.service.component.annotations.Component;

/** Makes notifiers of the type {@code smtp}. */
@Component(service = NotifierFactory.class)
public final class SmtpNotifierFactory implements NotifierFactory<SmtpKeys> {

    @Override
    public String type() {
        return "smtp";
    }

    @Override
    public Class<SmtpKeys> parameters() {
        return SmtpKeys.class;
    }

    @Override
    public Notifier create(String name, SmtpKeys keys) {
        return new SmtpNotifier(
                AccountKeys.read(keys), keys.html(), new Silence(keys.suppress_repeated(), keys.no_email_faults()));
    }
}
