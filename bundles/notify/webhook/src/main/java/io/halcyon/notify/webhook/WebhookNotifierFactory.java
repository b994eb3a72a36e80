package io.halcyon.notify.webhook;

import io.halcyon.spi.notify.Notifier;
import io.halcyon.spi.notify.NotifierFactory;
import java.time.Clock;
import org.osgi.service.component.annotations.Component;

/** Makes notifiers of the type {@code webhook}. */
@Component(service = NotifierFactory.class)
public final class WebhookNotifierFactory implements NotifierFactory<WebhookKeys> {

    @Override
    public String type() {
        return "webhook";
    }

    @Override
    public Class<WebhookKeys> parameters() {
        return WebhookKeys.class;
    }

    @Override
    public Notifier create(String name, WebhookKeys keys) {
        return new WebhookNotifier(name, TargetKeys.read(keys, Clock.systemUTC()));
    }
}
