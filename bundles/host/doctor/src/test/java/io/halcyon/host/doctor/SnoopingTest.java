package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.doctor.Diagnosis;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnoopingTest {

    private static final String NO_ROUTER = "[{\"mdb\":[],\"router\":{}}]";

    @TempDir
    private Path root;

    private static String bridge(String name, int snooping, int querier) {
        return "{\"ifname\":\"%s\",\"linkinfo\":{\"info_kind\":\"bridge\",\"info_data\":{\"mcast_snooping\":%d,\"mcast_querier\":%d}}}"
                .formatted(name, snooping, querier);
    }

    private Diagnosis seen(String interfaces, String database) {
        Patient patient = new Patient(root)
                .with(Patient.router())
                .prints("ip -d -j addr", "[" + interfaces + "]")
                .prints("bridge -d -j mdb show dev br0", database)
                .prints("bridge -d -j mdb show dev ens33", database);
        return patient.seenBy(new Snooping(patient));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 1", "1, 1, 0", "0, 0, 0"})
    void aBridgeThatSnoopsAndDoesNotAskIsFound(int snooping, int querier, int findings) {
        String port = "{\"ifname\":\"ens33\",\"master\":\"br0\"},";

        assertThat(seen(port + bridge("br0", snooping, querier), NO_ROUTER).findings())
                .hasSize(findings);
        assertThat(seen(bridge("ens33", snooping, querier), NO_ROUTER).findings())
                .hasSize(findings);
    }

    @Test
    void aBridgeBelowIsFoundToo() {
        String stack =
                "{\"ifname\":\"ens33\",\"link\":\"br0\",\"linkinfo\":{\"info_kind\":\"vlan\"}}," + bridge("br0", 1, 0);

        assertThat(seen(stack, NO_ROUTER).findings()).hasSize(1);
    }

    @Test
    void thePeerOfAVethIsNotBelowIt() {
        String pair =
                "{\"ifname\":\"ens33\",\"link\":\"br0\",\"linkinfo\":{\"info_kind\":\"veth\"}}," + bridge("br0", 1, 0);

        assertThat(seen(pair, NO_ROUTER).findings()).isEmpty();
    }

    @Test
    void wherePortsHearQueriesAllIsWell() {
        String heard =
                "[{\"mdb\":[],\"router\":{\"br0\":[{\"port\":\"eth1\",\"type\":\"temp\",\"timer\":\" 254.90\"}]}}]";

        assertThat(seen("{\"ifname\":\"ens33\",\"master\":\"br0\"}," + bridge("br0", 1, 0), heard)
                        .findings())
                .isEmpty();
    }
}
