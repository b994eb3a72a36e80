package io.halcyon.notify.smtp;

import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import org.jspecify.annotations.Nullable;

/** Sends one mail per event. The thread that delivers owns it. */
final class SmtpNotifier implements Notifier {

    private final Account account;

    /** Made with the first mail, so that its classes are loaded then and not before. */
    private @Nullable Mailer mailer;

    SmtpNotifier(Account account) {
        this.account = account;
    }

    @Override
    public void deliver(EventRecord event) throws DeliveryException, InterruptedException {
        var sender = mailer;
        if (sender == null) {
            sender = new Mailer(account);
            mailer = sender;
        }
        sender.send(event);
    }
}
