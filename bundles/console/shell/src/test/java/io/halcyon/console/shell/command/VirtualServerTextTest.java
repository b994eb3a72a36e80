package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.lvs.RealServerHold;
import io.halcyon.api.lvs.VirtualServerStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualServerTextTest {

    private static final Instant NOW = KnownVirtualServers.NOW;
    private static final List<VirtualServerStatus> ALL = List.of(KnownVirtualServers.web(), KnownVirtualServers.dns());

    @Test
    void anOrdinaryTerminalHasWhatIpvsadmListsAndTheReasons() {
        assertThat(VirtualServerText.list(ALL, NOW, 90))
                .isEqualTo(
                        """
                -> REAL SERVER  ADDRESS           STATE           WEIGHT  ACTIVE  REASON
                web  [192.0.2.1]:tcp:80  wrr  ipvs  UP for 3m12s  weight 4, quorum 1  4.2 conn/s,
                    1.2kB/s in, 82kB/s out
                -> web1         [192.0.2.11]:80   in service      3       8       all checks succeed
                -> web2         [192.0.2.12]:80   draining        0 (3)   8       drained by hand
                -> web3         [192.0.2.13]:80   out of service  - (3)   -       connection refused
                -> web3         [192.0.2.14]:80   in service      1 (3)   8       all checks succeed
                -> sorry        [127.0.0.1]:8080  idle            - (3)   -       there is a quorum
                dns  [192.0.2.1]:udp:53, FWM 5  rr  no data plane  DOWN for 3m12s  waiting for a data
                    plane; no real server is up; the sorry server serves  weight 0, quorum 2  0 conn/s,
                    0B/s in, 0B/s out
                """);
    }

    @Test
    void aWideTerminalHasConnectionsAndTrafficToo() {
        assertThat(VirtualServerText.list(List.of(KnownVirtualServers.web()), NOW, 160)
                        .lines())
                .contains(
                        "-> REAL SERVER  ADDRESS                             METHOD  STATE           SINCE  WEIGHT  ACTIVE"
                                + "  INACTIVE  CONN/S  IN/S   OUT/S  REASON",
                        "-> web1         [192.0.2.11]:80                     NAT     in service      3m12s  3       8     "
                                + "  2         4.2     1.2kB  82kB   all checks succeed",
                        "-> web3         [192.0.2.13]:80 (web3.example.org)  NAT     out of service  3m12s  - (3)   -     "
                                + "  -         0       0B     0B     connection refused");
    }

    /** Whoever greps wants all of a real server on one line. */
    @Test
    void aPipeGetsOneLineForEachServerWithEverything() {
        assertThat(VirtualServerText.list(ALL, NOW, Table.UNLIMITED).lines())
                .hasSize(8)
                .anySatisfy(line ->
                        assertThat(line).startsWith("-> web3").contains("NAT", "(web3.example.org)", "refused"));
    }

    @Test
    void oneLineEachIsEnoughForMany() {
        assertThat(VirtualServerText.brief(ALL, NOW, 80))
                .isEqualTo(
                        """
                NAME  SERVICES                   HEALTH  WEIGHT  UP   REASON
                web   [192.0.2.1]:tcp:80         UP      4       3/4  weight 4, quorum 1
                dns   [192.0.2.1]:udp:53, FWM 5  DOWN    0       0/0  waiting for a data plane;
                                                                      no real server is up
                """);
        assertThat(VirtualServerText.brief(ALL, NOW, 140))
                .startsWith("NAME  SERVICES                   SCHEDULER  DATA PLANE  HEALTH  SINCE  WEIGHT  QUORUM  UP"
                        + "   CONN/S  REASON\nweb   [192.0.2.1]:tcp:80         wrr        ipvs        UP      3m12s"
                        + "  4       1       3/4  4.2     weight 4, quorum 1\n");
    }

    @Test
    void withoutVirtualServersASentenceSaysWhereTheyAreConfigured() {
        assertThat(VirtualServerText.list(List.of(), NOW, 80)).contains("etc/io.halcyon.lvs-NAME.cfg");
        assertThat(VirtualServerText.brief(List.of(), NOW, 80)).contains("etc/io.halcyon.lvs-NAME.cfg");
    }

    @Test
    void oneVirtualServerIsShownWithChecksAndWhatWasDecidedByHand() {
        assertThat(VirtualServerText.show(KnownVirtualServers.web(), NOW, 100))
                .isEqualTo(
                        """
                virtual server  web
                services        [192.0.2.1]:tcp:80
                scheduler       wrr, method NAT
                data plane      ipvs, applied
                health          UP for 3m12s, weight 4, quorum 1
                weight          4, quorum 1
                real servers    3/4 up
                traffic         4.2 conn/s, 1.2kB/s in, 82kB/s out
                so far          1234 connections, 99k packets in, 46k out, 12MB in, 988MB out

                real servers
                  NAME   ADDRESS           STATE           WEIGHT  ACTIVE  REASON
                  web1   [192.0.2.11]:80   in service      3       8       all checks succeed
                  web2   [192.0.2.12]:80   draining        0 (3)   8       drained by hand
                  web3   [192.0.2.13]:80   out of service  - (3)   -       connection refused
                  web3   [192.0.2.14]:80   in service      1 (3)   8       all checks succeed
                  sorry  [127.0.0.1]:8080  idle            - (3)   -       there is a quorum

                checks
                  NAME  HEALTH  CHECKS
                  web1  UP      web/web1/page
                  web2  UP      web/web2/page
                  web3  DOWN    web/web3/page
                  web3  UP      web/web3/page

                by hand
                  - web2: drained by hand, connections that are left end at 2026-11-28T01:10:00Z: a new kernel

                warnings
                  - no check looks at web1
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 110, 132, 150, 200})
    void everythingFitsTheTerminal(int columns) {
        assertThat(List.of(
                        VirtualServerText.list(ALL, NOW, columns),
                        VirtualServerText.brief(ALL, NOW, columns),
                        VirtualServerText.show(KnownVirtualServers.web(), NOW, columns),
                        VirtualServerText.explain(new KnownVirtualServers().explain("web"), columns)))
                .allSatisfy(text -> assertThat(text.lines())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns)));
    }

    @Test
    void anExplanationHasItsFourParts() {
        assertThat(VirtualServerText.explain(new KnownVirtualServers().explain("web"), 100))
                .isEqualTo(
                        """
                web is UP, it has a quorum

                because
                  - web1 is up and has weight 3

                it would change if
                  - web1 goes down: then weight is 0, which is less than quorum 1

                it needs
                  - answers of real servers come back through this host

                warnings
                  - no check looks at web1
                """);
    }

    @Test
    void aHoldIsASentence() {
        var both = new RealServerHold(true, 5, "", NOW, null, NOW.plusSeconds(3600));
        var weight = new RealServerHold(false, 0, "too slow", NOW, null, null);

        assertThat(VirtualServerText.hold(both)).isEqualTo("drained, weight 5 by hand until 2026-11-28T02:00:00Z");
        assertThat(VirtualServerText.hold(weight)).isEqualTo("weight 0 by hand: too slow");
    }
}
