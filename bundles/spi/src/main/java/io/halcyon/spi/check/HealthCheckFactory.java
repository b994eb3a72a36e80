package io.halcyon.spi.check;

import java.lang.annotation.Annotation;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes health checks of one type. Register it as a service; that is all a plugin has to do.
 *
 * <p>Each {@code etc/io.halcyon.check-NAME.cfg} with {@code type} equal to {@link #type()} becomes one check. The keys of
 * the type, their defaults, ranges and descriptions come from one annotation type that carries
 * {@code @ObjectClassDefinition} and {@code @AttributeDefinition}; bnd writes its metatype into the bundle, the engine
 * reads the configuration with it and hands over the values as an instance of that annotation. Member
 * {@code restart_wait()} is key {@code restart.wait}. A member of type {@code AttributeType.PASSWORD} can also be given as
 * {@code KEY.file}.
 *
 * <p>When the service goes away, its checks keep their verdicts for three seconds, so that an update of the bundle is no
 * event for anybody, and become UNKNOWN after that until it is back.
 *
 * @param <P> the annotation type
 */
@ConsumerType
public interface HealthCheckFactory<P extends Annotation> {

    /** Value of the configuration key {@code type}: lower-case letters, digits and dashes. */
    String type();

    /** The annotation type with the keys of this type. */
    Class<P> parameters();

    /**
     * Makes a check. Must not look at anything yet.
     *
     * @param name name of the check, for messages
     * @param parameters values, complete and within their ranges
     * @throws IllegalArgumentException if values contradict each other; the message names key and value, as
     *     {@link io.halcyon.spi.keys.KeyValue} makes it
     */
    HealthCheck create(String name, P parameters);
}
