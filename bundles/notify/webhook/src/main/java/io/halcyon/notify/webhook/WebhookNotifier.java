package io.halcyon.notify.webhook;

import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Sends one request per event. The thread that delivers owns it. */
final class WebhookNotifier implements Notifier {

    private final String name;
    private final Target target;

    /** Made with the first request, so that its classes and threads are there then and not before. */
    private @Nullable Caller caller;

    WebhookNotifier(String name, Target target) {
        this.name = name;
        this.target = target;
    }

    @Override
    public void deliver(EventRecord event) throws DeliveryException, InterruptedException {
        var body = target.body().of(event);
        if (body != null) {
            caller().call(event, body);
        }
    }

    @Override
    public void close() {
        var old = caller;
        caller = null;
        if (old != null) {
            old.close();
        }
    }

    private Caller caller() throws DeliveryException {
        var files = TlsFiles.now(target.tls());
        var known = caller;
        if (known != null && known.files().equals(files)) {
            return known;
        }
        close();
        var fresh = Caller.open(name, target, files, Clock.systemUTC());
        caller = fresh;
        return fresh;
    }
}
