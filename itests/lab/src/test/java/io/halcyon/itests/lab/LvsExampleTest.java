package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The example with the tutorial's virtual servers, as it ships: no page has its digests, so everybody is out with that reason.
 * Then with the digests of what the real servers answer, as somebody would bring it up to date.
 */
@Tag("lab")
@Tag("long")
@Isolated("its hosts want the processors that others measure on")
class LvsExampleTest {

    /** Three more looks, three seconds apart, after one that came within six seconds. */
    private static final Duration DETECTION = Director.seconds(25);

    private static final String[] PAGES = {"/testurl/test.jsp", "/testurl2/test.jsp", "/testurl3/test.jsp"};
    private static final int JSP = 1358;
    private static final int HTTPS = 443;

    @Test
    void everybodyServesOnceTheDigestsAreRight() {
        try (var farm = Farm.create("lvs-example");
                var director = new Director(farm)) {
            var client = new WebClient(farm.lab().client());
            putPages(farm);
            director.node().useExample(Distribution.root().resolve("config/examples/lvs/etc"));
            director.start("https", "jsp", "jsp2");
            isOut(director, "https", "web1", "ff20ad2481f97b1754ef3e12ecd3a9cc");
            isOut(director, "jsp", "web2", "640205b7b0fc66c1ea91c463fac6334d");
            isOut(director, "jsp", "web3", "640205b7b0fc66c1ea91c463fac6334c");
            isOut(director, "jsp2", "web4", "640205b7b0fc66c1ea91c463fac6334d");
            isOut(director, "jsp2", "web5", "640205b7b0fc66c1ea91c463fac6334d");
            director.awaitState("jsp", "sorry", "sorry");
            assertThat(client.get(null, "10.10.10.2", JSP, "/").text()).isEqualTo(Farm.SORRY);

            bringUpToDate(farm, director);
            for (var server : Map.of("web1", "https", "web2", "jsp", "web3", "jsp", "web4", "jsp2", "web5", "jsp2")
                    .entrySet()) {
                director.awaitState(server.getValue(), server.getKey(), "in service", DETECTION);
            }
            assertThat(director.realServer("jsp", "sorry").get("state").asText())
                    .isEqualTo("idle");
            assertThat(client.get(null, "10.10.10.2", JSP, "/").text())
                    .as("whoever was told sorry is served now")
                    .isIn("h2", "h3");
            serve(client);
        }
    }

    /** h2 serves for web2 and web5, h3 for web3 and web1, h4 for web4; all but h3 have the same pages. */
    private static void putPages(Farm farm) {
        for (var server : Farm.SERVERS) {
            for (var page : PAGES) {
                farm.page(server, page, server.equals("h3") ? "the other page" : "the page");
            }
        }
        farm.page("h3", "/mrtg/index.html", "graphs");
    }

    private static void isOut(Director director, String virtualServer, String server, String digest) {
        var status = director.awaitState(virtualServer, server, "out of service", DETECTION);
        assertThat(status.get("reason").asText()).contains("MD5", "expected is " + digest);
    }

    /** Puts the digests that {@code check:digest} prints into the files. */
    private static void bringUpToDate(Farm farm, Director director) {
        var now = new LinkedHashMap<String, String>();
        now.put("ff20ad2481f97b1754ef3e12ecd3a9cc", digest(farm, director, "https://192.168.201.100/", HTTPS));
        now.put("9b3a0c85a887a256d6939da88aabd8cd", digest(farm, director, "https://192.168.201.100/mrtg/", HTTPS));
        now.put(
                "640205b7b0fc66c1ea91c463fac6334d",
                digest(farm, director, "http://192.168.200.2:1358" + PAGES[0], JSP));
        now.put(
                "640205b7b0fc66c1ea91c463fac6334c",
                digest(farm, director, "http://192.168.200.3:1358" + PAGES[0], JSP));
        assertThat(now.values()).doesNotHaveDuplicates();
        for (var name : new String[] {"https", "jsp", "jsp2"}) {
            var text = Directories.read(director.file(name), 0);
            for (var digest : now.entrySet()) {
                text = text.replace(digest.getKey(), digest.getValue());
            }
            Directories.write(director.file(name), text);
        }
    }

    /** What the command prints, which is the MD5 of what the director gets. */
    private static String digest(Farm farm, Director director, String url, int port) {
        var printed = director.node()
                .command("check:digest", "--insecure", url)
                .orThrow()
                .strip();
        var address = url.replaceFirst("https?://([\\d.]+).*", "$1");
        var path = url.replaceFirst("https?://[^/]+", "");
        var here = new WebClient(farm.director());
        var page = port == HTTPS ? here.getSecurely(address, port, path) : here.get(null, address, port, path);
        assertThat(printed).isEqualTo(Director.md5(page.bytes()));
        return printed;
    }

    /** Each client gets one of two servers in turn and stays with it. */
    private static void serve(WebClient client) {
        assertThat(client.getSecurely("192.168.200.100", HTTPS, "/mrtg/").text())
                .isEqualTo("graphs");
        for (var address : new String[] {"10.10.10.2", "10.10.10.3"}) {
            var first = IntStream.rangeClosed(1, 6)
                    .mapToObj(i -> client.get("10.77.0." + i, address, JSP, "/").text())
                    .toList();
            var second = IntStream.rangeClosed(1, 6)
                    .mapToObj(i -> client.get("10.77.0." + i, address, JSP, "/").text())
                    .toList();
            assertThat(Director.census(first)).hasSize(2).allSatisfy((host, count) -> assertThat(count)
                    .isEqualTo(3));
            assertThat(second).isEqualTo(first);
        }
    }
}
