package io.halcyon.itests.lab;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Servers behind a director: the client and the director h1 on one LAN, 192.168.88.0/24; the director, the real servers h2, h3
 * and h4, and h5, who says sorry, on a second one, 192.168.200.0/24 and 192.168.201.0/24. Answers of servers go through the
 * director, as NAT needs it. The addresses are those of {@code config/examples/lvs}.
 *
 * <p>Servers serve their name at {@code /}, and the same {@code /health} and {@code /large}, at port 8080 and 1358, and at
 * port 443 with TLS.
 */
public final class Farm implements AutoCloseable {

    public static final String DIRECTOR = "h1";
    public static final List<String> SERVERS = List.of("h2", "h3", "h4");
    public static final String SORRY = "h5";

    /** Virtual addresses of the director. */
    public static final String VIP = "192.168.88.100";

    public static final String SECOND_VIP = "192.168.88.101";
    public static final String VIP6 = "fd88::100";

    /** Where servers serve without TLS. */
    public static final int PORT = 8080;

    /** Addresses from which the client may ask, as many clients. */
    public static final String CLIENTS = "10.77.0.0/16";

    /** Bytes of {@code /large}, of which a client gets {@link #LARGE_PER_SECOND} a second. */
    public static final int LARGE = 3_000_000;

    public static final int LARGE_PER_SECOND = 500_000;

    private static final String INSIDE = "ens34";
    private static final String BRIDGE = "br1";

    private static final Map<String, List<String>> ADDRESSES = Map.of(
            "h2",
            List.of("192.168.200.2", "192.168.200.5"),
            "h3",
            List.of("192.168.200.3", "192.168.201.100"),
            "h4",
            List.of("192.168.200.4"),
            SORRY,
            List.of("192.168.200.200"));

    private static final String NGINX =
            """
            server {
                listen 8080;
                listen [::]:8080;
                listen 1358;
                listen 443 ssl;
                ssl_certificate /run/lab/certificate.pem;
                ssl_certificate_key /run/lab/key.pem;
                root /var/www/html;
                default_type text/plain;
                access_log off;
                keepalive_requests 1000000;
                location = /large { limit_rate %d; }
            }
            """;

    private final Lab lab;
    private final Map<String, Nginx> nginx;

    private Farm(Lab lab) {
        this.lab = lab;
        this.nginx = new TreeMap<>();
    }

    /** Makes it; nginx serves, and the director does nothing yet. */
    public static Farm create(String name) {
        var directory = Distribution.root().resolve("itests/lab/target/labs").resolve(name);
        var farm = new Farm(Lab.create("lab-" + name, directory, 5));
        try {
            farm.build();
            return farm;
        } catch (RuntimeException e) {
            farm.close();
            throw e;
        }
    }

    private void build() {
        lab.bridge().run("ip", "link", "add", BRIDGE, "type", "bridge", "stp_state", "0", "forward_delay", "0");
        lab.bridge().run("ip", "link", "set", BRIDGE, "up");
        attachDirector();
        attachClient();
        servers().forEach(this::makeServer);
    }

    private void attachDirector() {
        var director = lab.host(DIRECTOR);
        lab.bridge()
                .runInNetwork(
                        "ip",
                        "link",
                        "add",
                        "inside",
                        "type",
                        "veth",
                        "peer",
                        "name",
                        INSIDE,
                        "netns",
                        Long.toString(director.pid()));
        lab.bridge().run("ip", "link", "set", "inside", "master", BRIDGE, "up");
        director.shell(
                """
                echo 0 >/proc/sys/net/ipv6/conf/%1$s/accept_dad
                ip addr add 192.168.200.1/24 dev %1$s
                ip addr add 192.168.201.1/24 dev %1$s
                ip addr add fd00:200::1/64 dev %1$s
                ip link set %1$s up
                echo 1 >/proc/sys/net/ipv4/ip_forward
                echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
                ip addr add %3$s/32 dev %2$s
                ip addr add %4$s/32 dev %2$s
                ip addr add fd88::81/64 dev %2$s
                ip addr add %5$s/128 dev %2$s
                ip addr add 192.168.200.100/32 dev %2$s
                ip addr add 10.10.10.2/32 dev %2$s
                ip addr add 10.10.10.3/32 dev %2$s
                ip route add %6$s via %7$s
                """
                        .formatted(INSIDE, Lab.INTERFACE, VIP, SECOND_VIP, VIP6, CLIENTS, Lab.address(Lab.CLIENT)));
    }

    private void attachClient() {
        lab.client()
                .shell(
                        """
                        ip addr add fd88::1/64 dev %1$s
                        ip route add local %2$s dev lo
                        ip route add default via %3$s
                        """
                                .formatted(Lab.INTERFACE, CLIENTS, Lab.address(DIRECTOR)));
    }

    private void makeServer(String name) {
        lab.bridge().run("ip", "link", "set", name, "nomaster");
        lab.bridge().run("ip", "link", "set", name, "master", BRIDGE);
        var host = lab.host(name);
        host.run("ip", "addr", "flush", "dev", Lab.INTERFACE, "scope", "global");
        for (var address : addresses(name)) {
            host.run("ip", "addr", "add", address + "/24", "dev", Lab.INTERFACE);
        }
        host.shell(
                """
                ip addr add %2$s/64 dev %1$s
                ip route add default via 192.168.200.1
                ip -6 route add default via fd00:200::1
                """
                        .formatted(Lab.INTERFACE, address6(name)));
        var server = new Nginx(host);
        host.shell(
                """
                cd /run/lab
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=%1$s -days 2 \\
                    -keyout key.pem -out certificate.pem 2>/dev/null
                cat >/etc/nginx/conf.d/farm.conf <<'END'
                %2$s
                END
                echo fine >/var/www/html/health
                head -c %3$d /dev/zero >/var/www/html/large
                """
                        .formatted(name, NGINX.formatted(LARGE_PER_SECOND), LARGE));
        server.start();
        nginx.put(name, server);
    }

    private static List<String> servers() {
        return List.of("h2", "h3", "h4", SORRY);
    }

    /** All addresses of a server, the one it is known by first. */
    private static List<String> addresses(String server) {
        var addresses = ADDRESSES.get(server);
        if (addresses == null) {
            throw new LabException(server + " is no server");
        }
        return addresses;
    }

    /** The address of a server on the LAN behind the director. */
    public static String address(String server) {
        return addresses(server).get(0);
    }

    /** Its IPv6 address. */
    public static String address6(String server) {
        return "fd00:200::" + server.substring(1);
    }

    public Lab lab() {
        return lab;
    }

    public Host director() {
        return lab.host(DIRECTOR);
    }

    public Nginx nginx(String server) {
        var found = nginx.get(server);
        if (found == null) {
            throw new LabException(server + " is no server");
        }
        return found;
    }

    /** Puts a page with one line of text on a server. */
    public void page(String server, String path, String line) {
        lab.host(server)
                .shell("mkdir -p \"$(dirname '/var/www/html%1$s')\" && echo '%2$s' >'/var/www/html%1$s'"
                        .formatted(path, line));
    }

    @Override
    public void close() {
        lab.close();
    }
}
