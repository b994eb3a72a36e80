package io.halcyon.itests.karaf.plugin;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code coffee}. */
@ObjectClassDefinition(name = "coffee", description = "Up as long as there is coffee.")
@interface CoffeeKeys {

    @AttributeDefinition(name = "Cups", description = "How many cups there are.", required = false)
    int cups() default 1;
}
