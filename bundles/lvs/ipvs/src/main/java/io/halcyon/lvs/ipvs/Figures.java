package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.ServiceFigures;

/** What the kernel has counted, in the words of the contract. */
final class Figures {

    private Figures() {}

    static ServiceFigures of(FoundService service) {
        return new ServiceFigures(
                service.key(),
                service.counters(),
                service.destinations().entrySet().stream()
                        .map(entry -> new ServiceFigures.OfDestination(
                                entry.getKey().address(),
                                entry.getKey().port(),
                                entry.getValue().settings().weight(),
                                entry.getValue().active(),
                                entry.getValue().inactive(),
                                entry.getValue().counters()))
                        .toList());
    }
}
