package io.halcyon.notify.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code fake}; its metatype is in the test resources, where bnd does not look. */
@ObjectClassDefinition(name = "fake", description = "Takes everything.")
@interface FakeKeys {

    @AttributeDefinition(name = "Target", description = "Whom to tell.")
    String fake_target();
}
