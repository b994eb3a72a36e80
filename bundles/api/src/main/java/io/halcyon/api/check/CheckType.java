package io.halcyon.api.check;

import java.util.List;

/**
 * A type of health check that is installed.
 *
 * @param type the value of {@code type}
 * @param description one sentence
 * @param bundle symbolic name and version of the bundle that brings it
 * @param parameters its own keys
 */
public record CheckType(String type, String description, String bundle, List<Parameter> parameters) {

    public CheckType {
        parameters = List.copyOf(parameters);
    }

    /**
     * A key that a type understands.
     *
     * @param key as in the {@code .cfg} file
     * @param type {@code text}, {@code integer}, {@code decimal}, {@code yes/no}, {@code list}, {@code secret}
     * @param defaultValue as one would write it, empty if there is none
     * @param required whether it must be given
     * @param description meaning, unit and range
     */
    public record Parameter(String key, String type, String defaultValue, boolean required, String description) {}
}
