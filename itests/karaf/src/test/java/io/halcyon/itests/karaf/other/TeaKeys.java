package io.halcyon.itests.karaf.other;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code tea}. */
@ObjectClassDefinition(name = "tea", description = "Up as long as there is tea.")
@interface TeaKeys {

    @AttributeDefinition(name = "Pots", description = "How many pots there are.", required = false)
    int pots() default 1;
}
