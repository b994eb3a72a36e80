package io.halcyon.lvs.ipvs;

import io.halcyon.linux.netlink.AttributeWriter;
import io.halcyon.linux.netlink.GenericRequest;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.function.Consumer;

/** One change of the kernel's table. */
sealed interface Change {

    ServiceKey service();

    GenericRequest request();

    /** What was found instead of what is wanted, for a person. */
    String found();

    /** A service of its own is made. */
    record AddService(ServiceKey service, ServiceSettings settings) implements Change {
        @Override
        public GenericRequest request() {
            return ofService(Ipvs.NEW_SERVICE, service, attributes -> settings.write(service.ipv6(), attributes));
        }

        @Override
        public String found() {
            return "it was missing";
        }
    }

    /** A service gets other settings; its destinations stay. */
    record SetService(ServiceKey service, ServiceSettings settings, String found) implements Change {
        @Override
        public GenericRequest request() {
            return ofService(Ipvs.SET_SERVICE, service, attributes -> settings.write(service.ipv6(), attributes));
        }
    }

    /** A service goes with all its destinations. */
    record RemoveService(ServiceKey service) implements Change {
        @Override
        public GenericRequest request() {
            return ofService(Ipvs.DEL_SERVICE, service, attributes -> {});
        }

        @Override
        public String found() {
            return "nobody wants it";
        }
    }

    /** A service gets a destination. */
    record AddDestination(ServiceKey service, DestinationKey key, DestinationSettings settings) implements Change {
        @Override
        public GenericRequest request() {
            return ofDestination(Ipvs.NEW_DEST, service, key, settings::write);
        }

        @Override
        public String found() {
            return key + " was missing";
        }
    }

    /** A destination gets other settings. */
    record SetDestination(ServiceKey service, DestinationKey key, DestinationSettings settings, String difference)
            implements Change {
        @Override
        public GenericRequest request() {
            return ofDestination(Ipvs.SET_DEST, service, key, settings::write);
        }

        @Override
        public String found() {
            return key + " " + difference;
        }
    }

    /** A destination goes. */
    record RemoveDestination(ServiceKey service, DestinationKey key) implements Change {
        @Override
        public GenericRequest request() {
            return ofDestination(Ipvs.DEL_DEST, service, key, attributes -> {});
        }

        @Override
        public String found() {
            return key + " is not wanted";
        }
    }

    private static GenericRequest ofService(int command, ServiceKey service, Consumer<AttributeWriter> settings) {
        return new GenericRequest(
                command,
                Ipvs.VERSION,
                attributes -> attributes.nested(Ipvs.ATTR_SERVICE, inner -> {
                    ServiceKeys.write(service, inner);
                    settings.accept(inner);
                }));
    }

    private static GenericRequest ofDestination(
            int command, ServiceKey service, DestinationKey key, Consumer<AttributeWriter> settings) {
        return new GenericRequest(command, Ipvs.VERSION, attributes -> {
            attributes.nested(Ipvs.ATTR_SERVICE, inner -> ServiceKeys.write(service, inner));
            attributes.nested(Ipvs.ATTR_DEST, inner -> {
                key.write(inner);
                settings.accept(inner);
            });
        });
    }
}
