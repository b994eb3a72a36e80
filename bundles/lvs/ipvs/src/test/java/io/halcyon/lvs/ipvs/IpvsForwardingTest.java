package io.halcyon.lvs.ipvs;

import static io.halcyon.lvs.ipvs.Orders.DR;
import static io.halcyon.lvs.ipvs.Orders.service;
import static io.halcyon.lvs.ipvs.Orders.tunnel;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Forwarding.Checksum;
import io.halcyon.spi.dataplane.Forwarding.Encapsulation;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.DataplaneRecorder;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.ServerFarm;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Direct routing and tunnels with real packets, on real servers that have what {@link Needs} says. */
@InNetworkNamespace
@Tag("vm")
class IpvsForwardingTest {

    private static final InetAddress VIRTUAL = ServerFarm.virtual(1);
    private static final InetAddress VIRTUAL6 = ServerFarm.virtual6();

    private final DataplaneRecorder heard = new DataplaneRecorder();
    private ServerFarm farm;
    private ServiceTable table;

    @BeforeEach
    void setUp() throws Exception {
        farm = new ServerFarm();
        table = new IpvsDataplane(TimeUnit.HOURS.toNanos(1)).open(heard);
        for (int number = 1; number <= ServerFarm.SERVERS; number++) {
            // Answers come back through here, from an address that is ours as well; elsewhere they take another way.
            ServerFarm.sysctl("ipv4/conf/s" + number + "/accept_local", "1");
        }
    }

    @AfterEach
    void tearDown() {
        table.close();
        farm.close();
    }

    @Test
    void directRoutingReachesServersThatHaveTheAddress() throws Exception {
        atServers("ip addr add 192.0.2.1/32 dev lo");

        put(VIRTUAL, DR, ServerFarm::server);

        assertEachServerAnswers(VIRTUAL);
    }

    @Test
    void ipInIpReachesServersThatUnpackIt() throws Exception {
        Command.line("modprobe ipip");
        atServers("ip link set tunl0 up", "ip addr add 192.0.2.1/32 dev tunl0");

        put(VIRTUAL, tunnel(Encapsulation.IPIP, 0, Checksum.NOCSUM), ServerFarm::server);

        assertEachServerAnswers(VIRTUAL);
    }

    @Test
    void genericRoutingReachesServersThatUnpackIt() throws Exception {
        Command.line("modprobe ip_gre");
        atServers("ip link set gre0 up", "ip addr add 192.0.2.1/32 dev gre0");

        put(VIRTUAL, tunnel(Encapsulation.GRE, 0, Checksum.NOCSUM), ServerFarm::server);

        assertEachServerAnswers(VIRTUAL);
    }

    @Test
    void genericRoutingWithAChecksumReachesInterfacesThatWantOne() throws Exception {
        Command.line("modprobe ip_gre");
        atServers(
                "ip link add unpack type gre local 10.2.#.2 remote any icsum",
                "ip link set unpack up",
                "ip addr add 192.0.2.1/32 dev unpack");

        put(VIRTUAL, tunnel(Encapsulation.GRE, 0, Checksum.CSUM), ServerFarm::server);

        assertEachServerAnswers(VIRTUAL);
    }

    @Test
    void encapsulationInDatagramsReachesServersThatUnpackIt() throws Exception {
        Command.line("modprobe -a ipip fou");
        atServers("ip fou add port 6080 gue", "ip link set tunl0 up", "ip addr add 192.0.2.1/32 dev tunl0");

        put(VIRTUAL, tunnel(Encapsulation.GUE, 6080, Checksum.CSUM), ServerFarm::server);

        assertEachServerAnswers(VIRTUAL);
    }

    @Test
    void aTunnelLeadsToServersOfTheOtherFamily() throws Exception {
        Command.line("modprobe ip6_tunnel");
        atServers(
                "ip -6 tunnel change ip6tnl0 mode any",
                "ip link set ip6tnl0 up",
                "ip addr add 192.0.2.1/32 dev ip6tnl0");

        put(VIRTUAL, tunnel(Encapsulation.IPIP, 0, Checksum.NOCSUM), ServerFarm::server6);

        assertEachServerAnswers(VIRTUAL);
    }

    @Test
    void directRoutingOfIpv6ReachesServersThatHaveTheAddress() throws Exception {
        atServers("ip addr add 2001:db8::1/128 dev lo nodad");

        put(VIRTUAL6, DR, ServerFarm::server6);

        assertEachServerAnswers(VIRTUAL6);
    }

    @Test
    void ipv6InIpv6ReachesServersThatUnpackIt() throws Exception {
        Command.line("modprobe ip6_tunnel");
        atServers("ip link set ip6tnl0 up", "ip addr add 2001:db8::1/128 dev ip6tnl0 nodad");

        put(VIRTUAL6, tunnel(Encapsulation.IPIP, 0, Checksum.NOCSUM), ServerFarm::server6);

        assertEachServerAnswers(VIRTUAL6);
    }

    @Test
    void encapsulationInDatagramsOfIpv6ReachesServersThatUnpackIt() throws Exception {
        Command.line("modprobe -a ip6_tunnel fou");
        atServers(
                "ip fou add port 6080 gue -6",
                "ip link set ip6tnl0 up",
                "ip addr add 2001:db8::1/128 dev ip6tnl0 nodad");

        put(VIRTUAL6, tunnel(Encapsulation.GUE, 6080, Checksum.CSUM), ServerFarm::server6);

        assertEachServerAnswers(VIRTUAL6);
    }

    @Test
    void ipv6InIpv4ReachesServersThatUnpackIt() throws Exception {
        Command.line("modprobe sit");
        atServers("ip link set sit0 up", "ip addr add 2001:db8::1/128 dev sit0 nodad");

        put(VIRTUAL6, tunnel(Encapsulation.IPIP, 0, Checksum.NOCSUM), ServerFarm::server);

        assertEachServerAnswers(VIRTUAL6);
    }

    private void put(InetAddress virtual, Forwarding forwarding, IntFunction<InetAddress> server) throws Exception {
        List<Destination> servers = new ArrayList<>();
        for (int number = 1; number <= ServerFarm.SERVERS; number++) {
            servers.add(new Destination(server.apply(number), ServerFarm.PORT, forwarding, 1, 0, 0));
        }
        ServiceKey web = new ServiceKey.Addressed(Transport.TCP, virtual, ServerFarm.PORT);
        Desired desired = new Desired(service(web, Scheduler.RR, null), servers, Leaving.KEEP);
        assertThat(new IpvsDataplane(1).refusals(desired)).isEmpty();
        table.put(List.of(desired));
        heard.awaitApplied(web, 0);
    }

    private void assertEachServerAnswers(InetAddress virtual) throws Exception {
        assertThat(farm.ask(6, Transport.TCP, virtual, ServerFarm.PORT)).isEqualTo(Map.of("s1", 2, "s2", 2, "s3", 2));
    }

    private void atServers(String... commands) throws Exception {
        for (int number = 1; number <= ServerFarm.SERVERS; number++) {
            String itself = Integer.toString(number);
            farm.atServer(number, () -> {
                for (String key : List.of("all", "default")) {
                    ServerFarm.sysctl("ipv4/conf/" + key + "/rp_filter", "0");
                    ServerFarm.sysctl("ipv4/conf/" + key + "/arp_ignore", "1");
                    ServerFarm.sysctl("ipv4/conf/" + key + "/arp_announce", "2");
                }
                for (String command : commands) {
                    Command.line(command.replace("#", itself));
                }
                return null;
            });
        }
    }
}
