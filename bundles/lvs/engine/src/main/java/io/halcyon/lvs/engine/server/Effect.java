package io.halcyon.lvs.engine.server;

import io.halcyon.api.event.Event;
import io.halcyon.api.lvs.RealServerHold;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that a virtual server wants done, in the order given. */
public sealed interface Effect {

    /** Services are to be as given; others stay. */
    record Put(List<Desired> services) implements Effect {
        public Put {
            services = List.copyOf(services);
        }
    }

    /** Services are to go. */
    record Remove(List<ServiceKey> services) implements Effect {
        public Remove {
            services = List.copyOf(services);
        }
    }

    /**
     * Something happened.
     *
     * @param causes ids of the events that caused it
     * @param byPrevious whether the last event published before it in the same list is a cause as well
     */
    record Publish(Event event, List<Long> causes, boolean byPrevious) implements Effect {
        public Publish {
            causes = List.copyOf(causes);
        }
    }

    /**
     * These checks are to be the owner's, and no others.
     *
     * @param checks keys by name
     */
    record DefineChecks(String owner, Map<String, Map<String, String>> checks) implements Effect {
        public DefineChecks {
            checks = Map.copyOf(checks);
        }

        /** Without the keys, of which some are secrets. */
        @Override
        public String toString() {
            return "DefineChecks[" + owner + " " + checks.keySet() + "]";
        }
    }

    /**
     * These notifiers are to be the owner's, and no others.
     *
     * @param notifiers keys by name
     */
    record DefineNotifiers(String owner, Map<String, Map<String, String>> notifiers) implements Effect {
        public DefineNotifiers {
            notifiers = Map.copyOf(notifiers);
        }
    }

    /** A host name is to be resolved; {@link Input.Resolved} or {@link Input.ResolutionFailed} answers. */
    record Resolve(String realServer, String host) implements Effect {}

    /** What somebody decided by hand is to be kept over a restart; null: forgotten. */
    record KeepHold(String realServer, @Nullable RealServerHold hold) implements Effect {}
}
