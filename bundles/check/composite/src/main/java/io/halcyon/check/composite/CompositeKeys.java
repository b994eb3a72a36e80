package io.halcyon.check.composite;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code composite}. */
@ObjectClassDefinition(name = "composite", description = "Up while all, any or so many of other checks are.")
@interface CompositeKeys {

    @AttributeDefinition(
            name = "Checks",
            description = "The other checks: NAME [weight N] [reverse]; weight 1-1000 is how much one counts.")
    String[] checks();

    @AttributeDefinition(
            name = "Quorum",
            description = "How much must be fine: all, any, or the sum of weights.",
            required = false)
    String quorum() default "all";
}
