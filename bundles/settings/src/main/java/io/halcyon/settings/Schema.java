package io.halcyon.settings;

import java.lang.annotation.Annotation;
import java.util.List;

/**
 * The keys of one annotation type that carries {@code @ObjectClassDefinition}. Immutable.
 *
 * @param <P> the annotation type
 */
public final class Schema<P extends Annotation> {

    private final Class<P> type;

    private Schema(Class<P> type) {
        this.type = type;
    }

    public static <P extends Annotation> Schema<P> of(Class<P> type) {
        return new Schema<>(type);
    }

    public Class<P> type() {
        return type;
    }

    public String name() {
        return type.getSimpleName();
    }

    public String description() {
        return name();
    }

    public List<Key> keys() {
        return List.of();
    }
}
