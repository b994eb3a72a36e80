package io.halcyon.check.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of a type that only tests have; its metatype is a test resource. */
@ObjectClassDefinition(name = "probe", description = "For tests.")
@interface ProbeKeys {

    @AttributeDefinition(name = "Target", description = "What is probed.")
    String target();

    @AttributeDefinition(name = "Depth", description = "How deep.", min = "1", max = "9")
    int depth() default 3;

    @AttributeDefinition(
            name = "Code",
            description = "What it has to say.",
            required = false,
            type = AttributeType.PASSWORD)
    String code();
}
