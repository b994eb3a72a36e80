package io.halcyon.vip.exec;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The key that says what kind of VIP manager a file makes. */
@ObjectClassDefinition(
        name = "VIP manager",
        description = "Claims and releases the addresses of the routers that name it: vip = NAME.",
        factoryPid = VipKeys.PID)
@interface VipKeys {

    String PID = "io.halcyon.vip";

    @AttributeDefinition(
            name = "Type",
            description = "How addresses are claimed: exec, by commands.",
            options = @Option(label = "exec", value = "exec"))
    String type();
}
