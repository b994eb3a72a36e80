package io.halcyon.check.felix;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code felix}. */
@ObjectClassDefinition(name = "felix", description = "As well as the Apache Felix health checks of a name or tag are.")
@interface FelixKeys {

    @AttributeDefinition(name = "Names", description = "Checks of these names (hc.name).", required = false)
    String[] name() default {};

    @AttributeDefinition(
            name = "Tags",
            description = "Checks that have these tags (hc.tags); with - in front, that do not.",
            required = false)
    String[] tags() default {};

    @AttributeDefinition(
            name = "Any tag",
            description = "Whether one of the tags is enough; otherwise all are needed.",
            required = false)
    boolean tags_or() default false;

    @AttributeDefinition(
            name = "Least number",
            description = "UNKNOWN while fewer checks are there.",
            min = "1",
            max = "10000")
    int found_min() default 1;
}
