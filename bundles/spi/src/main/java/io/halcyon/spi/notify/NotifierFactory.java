package io.halcyon.spi.notify;

import java.lang.annotation.Annotation;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes notifiers of one type. Register it as a service.
 *
 * <p>Each {@code etc/io.halcyon.notify-NAME.cfg} with {@code type} equal to {@link #type()} becomes one notifier; its keys
 * come from one metatype annotation, as for health checks.
 *
 * @param <P> the annotation type
 */
@ConsumerType
public interface NotifierFactory<P extends Annotation> {

    /** Value of the configuration key {@code type}: lower-case letters, digits and dashes. */
    String type();

    /** The annotation type with the keys of this type. */
    Class<P> parameters();

    /**
     * Makes a notifier. Must not talk to anybody yet.
     *
     * @param name name of the notifier, for messages
     * @param parameters values, complete and within their ranges
     * @throws IllegalArgumentException if values contradict each other; the message names key and value, never a secret
     */
    Notifier create(String name, P parameters);
}
