package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Addresses that hosts are given by hand; needs root. */
@Tag("lab")
class AskerTest {

    private static final String VIP = "192.168.88.50";
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private Lab lab;
    private Capture capture;
    private Asker asker;

    @BeforeEach
    void ask() {
        lab = Lab.create("lab-asker", Distribution.root().resolve("itests/lab/target/labs/asker"), 2);
        capture = Capture.of(lab);
        asker = new Asker(lab, capture, List.of(VIP));
    }

    @AfterEach
    void endTheLab() {
        asker.close();
        capture.close();
        lab.close();
    }

    @Test
    void whatTwoHostsHaveIsAnsweredByTwo() {
        assertThat(whileItStays().unanswered()).isPositive();

        address("add", "h1");
        var one = whileItStays();
        assertThat(one.asked()).isPositive();
        assertThat(one.unanswered()).isZero();
        assertThat(one.byTwo()).isZero();

        address("add", "h2");
        var both = whileItStays();
        assertThat(both.byTwo()).isEqualTo(both.asked()).isPositive();
        assertThat(both.longestByTwoMillis()).isGreaterThan(A_WHILE.toMillis() / 2.0);

        address("del", "h1");
        var other = whileItStays();
        assertThat(other.unanswered()).isZero();
        assertThat(other.byTwo()).isZero();
    }

    @Test
    void nobodyLearnsAnythingThatIsUsed() {
        address("add", "h1");
        assertThat(whileItStays().unanswered()).isZero();

        assertThat(neighbors(lab.client())).isEmpty();
        assertThat(neighbors(lab.host("h1"))).hasSize(1).first().asString().startsWith("192.168.88.2 ");
    }

    private Claims.Tally whileItStays() {
        long from = Times.now();
        Await.pass(A_WHILE, "some requests are sent");
        return asker.of(VIP).between(from, Times.now());
    }

    private void address(String change, String host) {
        lab.host(host).run("ip", "addr", change, VIP + "/32", "dev", Lab.INTERFACE);
    }

    private static List<String> neighbors(Host host) {
        return host.run("ip", "-4", "neigh").lines().toList();
    }
}
