package io.halcyon.host.doctor;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the kernel sends what is for the subnet of an interface. */
record Routes(Commands commands, NetworkInterfaces interfaces) {

    /**
     * A detour: an address on the subnet of the interface to which the way goes through another.
     *
     * @param peer the address
     * @param through the other interface
     */
    record Detour(String peer, String through) {}

    /** The detour to the neighbors of an interface; empty if there is none, or no neighbor can be. */
    Optional<Detour> around(String networkInterface) throws IOException {
        // Not a virtual address that is here now either: the way to that is lo's.
        Optional<String> found =
                interfaces.subnet(networkInterface, "").flatMap(subnet -> subnet.hostBeside(interfaces.ours()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String peer = found.get();
        Value route = Value.parse(commands.run(List.of("ip", "-j", "route", "get", peer)));
        String through = route.members().isEmpty()
                ? ""
                : route.members().get(0).get("dev").text();
        return through.isEmpty() || through.equals(networkInterface)
                ? Optional.empty()
                : Optional.of(new Detour(peer, through));
    }
}
