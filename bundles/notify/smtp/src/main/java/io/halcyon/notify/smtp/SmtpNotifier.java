package io.halcyon.notify.smtp;

import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import org.jspecify.annotations.Nullable;

/** Sends one mail per event. The thread that delivers owns it. */
final class SmtpNotifier implements Notifier {

    private final Account account;
    private final boolean html;
    private final Silence silence;
    private final Recall recall = new Recall();

    /** Made with the first mail, so that its classes are loaded then and not before. */
    private @Nullable Mailer mailer;

    /**
     * @param html whether there is an HTML part beside the text
     */
    SmtpNotifier(Account account, boolean html, Silence silence) {
        this.account = account;
        this.html = html;
        this.silence = silence;
    }

    @Override
    public void deliver(EventRecord event) throws DeliveryException, InterruptedException {
        var letter = Letter.about(event, recall.before(event));
        recall.add(event);
        if (silence.covers(event)) {
            return;
        }
        var sender = mailer;
        if (sender == null) {
            sender = new Mailer(account, html);
            mailer = sender;
        }
        sender.send(letter);
        silence.mailed(event);
    }
}
