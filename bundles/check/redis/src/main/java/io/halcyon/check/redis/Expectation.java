package io.halcyon.check.redis;

import io.halcyon.spi.check.CheckResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server has to say of itself. Immutable.
 *
 * @param role what it has to be
 * @param down conditions without which it is DOWN
 * @param degraded conditions without which it is DEGRADED
 */
record Expectation(Role role, List<Condition> down, List<Condition> degraded) {

    Expectation {
        down = List.copyOf(down);
        degraded = List.copyOf(degraded);
    }

    boolean needsInfo() {
        return role != Role.ANY || !down.isEmpty() || !degraded.isEmpty();
    }

    /** Judges what the server of this name said. */
    CheckResult judge(String server, Info info) {
        var actual = String.valueOf(info.field("role"));
        if (!role.isCalled(actual)) {
            return CheckResult.down(
                    server + ": the role is " + Role.nameOf(actual) + ", expected is " + Role.nameOf(role.word()));
        }
        var fault = firstFault(down, info);
        if (fault != null) {
            return CheckResult.down(server + ": " + fault);
        }
        var weakness = firstFault(degraded, info);
        return weakness == null
                ? CheckResult.up(server + " answers as " + Role.nameOf(actual))
                : CheckResult.degraded(server + ": " + weakness);
    }

    private static @Nullable String firstFault(List<Condition> conditions, Info info) {
        for (var condition : conditions) {
            var fault = condition.faultOf(info);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }
}
