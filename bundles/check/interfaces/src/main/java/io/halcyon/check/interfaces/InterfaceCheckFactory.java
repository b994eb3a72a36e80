package io.halcyon.check.interfaces;

import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code interface}. */
@Component(service = HealthCheckFactory.class)
public final class InterfaceCheckFactory implements HealthCheckFactory<InterfaceKeys> {

    /** IFNAMSIZ without the zero at the end. */
    private static final int LONGEST_NAME = 15;

    @Override
    public String type() {
        return "interface";
    }

    @Override
    public Class<InterfaceKeys> parameters() {
        return InterfaceKeys.class;
    }

    @Override
    public HealthCheck create(String name, InterfaceKeys keys) {
        var names = Arrays.stream(keys.interface$()).distinct().toList();
        if (names.isEmpty()) {
            throw refused("interface", "", "at least one name");
        }
        names.forEach(InterfaceCheckFactory::requireName);
        var addresses = Arrays.stream(keys.address())
                .map(InterfaceCheckFactory::address)
                .toList();
        return new InterfaceCheck(
                names,
                quorum(keys.quorum(), names.size()),
                new Demand(keys.carrier(), keys.speed_min(), keys.duplex_full(), addresses));
    }

    private static void requireName(String name) {
        boolean sane = name.length() <= LONGEST_NAME && name.matches("[^\\s/]+");
        if (!sane) {
            throw refused("interface", name, "names of at most " + LONGEST_NAME + " characters without blanks and /");
        }
    }

    private static WantedAddress address(String text) {
        var wanted = WantedAddress.parse(text);
        if (wanted == null) {
            throw refused("address", text, "an address, a network such as 192.0.2.0/24, ipv4 or ipv6");
        }
        return wanted;
    }

    private static int quorum(String text, int all) {
        if (List.of("all", "any").contains(text)) {
            return text.equals("all") ? all : 1;
        }
        int number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > all) {
            throw refused("quorum", text, "all, any, or 1-" + all);
        }
        return number;
    }
}
