package io.halcyon.itests.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the part for virtual servers makes of what it reads. */
class LvsTest {

    private static final Farm SMALL = new Farm(2, 2);
    private static final String TABLE =
            """
            IP Virtual Server version 1.2.1 (size=4096)
            Prot LocalAddress:Port Scheduler Flags
              -> RemoteAddress:Port Forward Weight ActiveConn InActConn
            TCP  0A500002:0050 wrr \s
              -> 0A510004:0050      Masq    1      0          0        \s
              -> 0A510003:0050      Masq    3      0          0        \s
            TCP  0A500001:0050 wrr \s
              -> 0A510002:0050      Masq    2      0          0        \s
              -> 0A510001:0050      Masq    1      0          0        \s
            """;

    @Test
    void theTableIsComparedWhateverItsOrder() {
        assertThat(IpvsTable.is(TABLE, SMALL, 0, 0)).isTrue();
        assertThat(IpvsTable.is(TABLE, SMALL, 1, 1)).isFalse();
        assertThat(IpvsTable.is(TABLE, SMALL, 0, 1)).isFalse();
        assertThat(IpvsTable.is(TABLE.replace("0050      Masq    3", "0050      Masq    2"), SMALL, 0, 0))
                .isFalse();
        assertThat(IpvsTable.is(TABLE, new Farm(2, 1), 0, 0)).isFalse();
        assertThat(IpvsTable.is(TABLE + "TCP  0A500003:0050 wrr  \n", SMALL, 0, 0))
                .isFalse();
    }

    @Test
    void allWeightsChangeFromRoundToRound() {
        var first = Farm.LARGE.desired(7);
        var second = Farm.LARGE.desired(8);

        for (int service = 0; service < first.size(); service++) {
            var before = first.get(service).destinations();
            assertThat(second.get(service).destinations()).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
        }
        assertThat(first.stream()
                        .mapToInt(desired -> desired.destinations().size())
                        .sum())
                .isEqualTo(1000);
    }

    @Test
    void keepalivedIsToldTheSame() {
        assertThat(SMALL.keepalived(0, 1))
                .containsOnlyOnce("virtual_server 10.80.0.2 80 {")
                .contains(
                        "real_server 10.81.0.3 80 {\n        weight 3\n",
                        "real_server 10.81.0.4 80 {\n        weight 2\n");
    }

    @Test
    void onlyChainsThatDifferAreWrittenAnew() {
        var before = NftListing.parsed(
                """
                table inet lb {
                	map services {
                		elements = { 10.0.0.1 : goto s-1 }
                	}

                	chain pre {
                		type nat hook prerouting priority dstnat; policy accept;
                		jump s-1
                	}

                	chain s-1 {
                		numgen inc mod 2 vmap { 0 : goto a, 1 : goto b }
                	}
                }
                """);
        var after = new NftListing(
                "inet lb", Map.of("pre", List.of("jump s-1"), "s-1", List.of("numgen inc mod 1 vmap { 0 : goto a }")));

        assertThat(after.changesFrom(before))
                .containsExactly("flush chain inet lb s-1; add rule inet lb s-1 numgen inc mod 1 vmap { 0 : goto a }");
        assertThat(before.changesFrom(before)).isEmpty();
    }

    @Test
    void whatWasFoundInTheMachineIsReadHere() throws Exception {
        var times = new LvsTimes();
        times.add(LvsTimes.Step.START, 0, 2_500_000);
        var json = new ObjectMapper();
        var found = json.readValue(
                json.writeValueAsString(new LvsInMachine.Found(times, times, new Emulation(20, 10, 6))),
                LvsInMachine.Found.class);

        var figures = Lvs.ipvs(found, found.emulation().over(new Emulation(2, 2, 2)));

        assertThat(figures)
                .contains(
                        new Figure(
                                "ipvs, emulated: start, from the first order", "ms", 2.5, 2.5, 1, Target.timesPeer(1)),
                        new Figure("ipvs: emulation factor, first", "", 10, 3, 1, Target.NONE));
    }
}
