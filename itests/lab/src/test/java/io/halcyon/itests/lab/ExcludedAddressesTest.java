package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The same routers on Halcyon and on Debian's keepalived, with more addresses than fit: a backup drops advertisements with
 * another count than its own, so both have to cut at the same place. The hosts are cut off from each other, so that each
 * is a master of its own; the capture hears both.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExcludedAddressesTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int MORE_THAN_FIT = 280;
    private static final Pattern INET = Pattern.compile("inet (10\\.[\\d.]+)/");

    private static final Router PASS = router(51, 2, "1111", MORE_THAN_FIT);
    private static final Router PLAIN = router(52, 2, "", MORE_THAN_FIT);
    private static final Router VERSION_3 = router(53, 3, "", MORE_THAN_FIT);
    private static final Router FITS_EXACTLY_INTO_600 = router(54, 3, "", 139);
    private static final List<Router> ROUTERS = List.of(PASS, PLAIN, VERSION_3, FITS_EXACTLY_INTO_600);

    private Lab lab;
    private Capture capture;
    private HalcyonNode halcyon;
    private KeepalivedNode keepalived;

    private static Router router(int vrid, int version, String password, int addresses) {
        return new Router(
                "VI_" + vrid,
                version,
                vrid,
                100,
                "1",
                IntStream.range(0, addresses)
                        .mapToObj(i -> "10.%d.%d.%d".formatted(vrid, i / 200, 1 + i % 200))
                        .toList(),
                password,
                false,
                "",
                0);
    }

    @BeforeAll
    void startBoth() {
        lab = Lab.create("lab-excluded", Distribution.root().resolve("itests/lab/target/labs/excluded"), 2);
        capture = Capture.of(lab);
        halcyon = new HalcyonNode(lab, "h1", Distribution.unpacked());
        keepalived = new KeepalivedNode(lab, "h2");
        lab.isolate("h1");
        lab.isolate("h2");
        setMtu(600);
        halcyon.configure(ROUTERS);
        keepalived.configure(ROUTERS);
        halcyon.start();
        keepalived.start();
    }

    @AfterAll
    void endTheLab() {
        if (lab != null) {
            halcyon.close();
            keepalived.close();
            capture.close();
            lab.close();
        }
    }

    private void setMtu(int mtu) {
        lab.hostNames().forEach(host -> lab.host(host).run("ip", "link", "set", Lab.INTERFACE, "mtu", "" + mtu));
    }

    @Test
    void bothCutAtTheSameAddressAndHoldThemAll() {
        assertThat(agreed(0)).isEqualTo(Map.of(51, 137, 52, 137, 53, 139, 54, 139));
        awaitAllPresent("h1");
        awaitAllPresent("h2");

        // keepalived counts when it starts, we whenever the interface changes.
        keepalived.stop(LIMIT);
        setMtu(1500);
        keepalived.start();
        Await.until(
                "the advertisements follow the MTU",
                LIMIT,
                () -> count("h1", PASS) == 255 && count("h1", PLAIN) == 255 && count("h1", VERSION_3) == 255);
        assertThat(agreed(Times.now())).isEqualTo(Map.of(51, 255, 52, 255, 53, 255, 54, 139));
        awaitAllPresent("h1");
        awaitAllPresent("h2");
        assertThat(capture.drops()).isZero();
    }

    /** How many addresses of each router both advertise, once both do and the lists are the same and in their order. */
    private Map<Integer, Integer> agreed(long since) {
        return ROUTERS.stream().collect(Collectors.toMap(Router::vrid, router -> {
            var ours = advert("h1", router, since).addresses();
            assertThat(ours)
                    .as("addresses of router %d that we advertise, and those of keepalived", router.vrid())
                    .isEqualTo(advert("h2", router, since).addresses())
                    .isEqualTo(router.addresses().subList(0, ours.size()));
            return ours.size();
        }));
    }

    private Frame.Advert advert(String host, Router router, long since) {
        var advert = capture.awaitAdvert(
                "router " + router.vrid() + " of " + host,
                since,
                LIMIT,
                heard -> heard.host().equals(host) && heard.vrid() == router.vrid() && heard.priority() > 0);
        assertThat(advert.checksum()).isNotEqualTo("bad");
        return advert;
    }

    private int count(String host, Router router) {
        return new Wire(capture, router.vrid())
                .last(host, Times.now())
                .map(advert -> advert.addresses().size())
                .orElse(0);
    }

    /** The excluded ones, too. */
    private void awaitAllPresent(String host) {
        Set<String> wanted =
                ROUTERS.stream().flatMap(router -> router.addresses().stream()).collect(Collectors.toSet());
        Await.until("all addresses on " + host, LIMIT, () -> present(host).equals(wanted));
    }

    private Set<String> present(String host) {
        return INET.matcher(lab.host(host).run("ip", "-4", "-o", "addr", "show", "dev", Lab.INTERFACE))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
