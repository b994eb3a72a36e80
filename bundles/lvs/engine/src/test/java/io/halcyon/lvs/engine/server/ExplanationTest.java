package io.halcyon.lvs.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people are told of a virtual server. */
class ExplanationTest {

    private static final long SECOND = 1_000_000_000L;

    private static Play play(String... steps) {
        Play play = new Play();
        play.set("virtual.server = 192.0.2.1 80");
        play.set("weight = 10");
        play.set("check.page.type = http");
        play.set("real.server.web1 = 192.0.2.11 80");
        play.set("real.server.web2 = 192.0.2.12 80");
        for (String step : steps) {
            if (step.startsWith("@")) {
                assertThat(play.step(step)).noneMatch(line -> line.startsWith("refused"));
            } else {
                play.set(step);
            }
        }
        return play;
    }

    @Test
    void aQuorumIsExplainedByWhoMustFail() {
        VirtualServer server = play(
                        "quorum = 15",
                        "real.server.web1.weight = 20",
                        "real.server.web3 = 192.0.2.13 80",
                        "@0 configure")
                .server();

        assertThat(server.because(0))
                .startsWith("real servers that are up weigh 40, and 15 keep the quorum")
                .contains("web1 [192.0.2.11]:80 is in service with weight 20: page: it has not run yet");
        assertThat(server.wouldChange(0))
                .containsExactly("the quorum is lost if the weight falls below 15: if web1 [192.0.2.11]:80 and web2"
                        + " [192.0.2.12]:80 fail");
    }

    @Test
    void aLostQuorumIsExplainedByWhatIsMissing() {
        VirtualServer server = play(
                        "quorum = 15",
                        "hysteresis = 2",
                        "sorry.server = 192.0.2.99 80",
                        "@0 configure",
                        "@1 down web1/page status 500")
                .server();

        assertThat(server.because(SECOND))
                .startsWith(
                        "real servers that are up weigh 10, and 17 are wanted for the quorum (hysteresis 2)",
                        "without a quorum the sorry server serves alone")
                .contains("web1 [192.0.2.11]:80 is out of service: page: status 500");
        assertThat(server.wouldChange(SECOND))
                .containsExactly(
                        "the quorum is gained with a weight of 17, which is 7 more",
                        "web1 [192.0.2.11]:80 returns when its checks succeed: lvs/WEB/web1/page");
    }

    @Test
    void aDrainIsExplainedByItsTimes() {
        VirtualServer server = play("@0 configure", "@10 drain web1 until=120 deadline=60 reason=update")
                .server();

        assertThat(server.because(10 * SECOND))
                .anyMatch(fact -> fact.startsWith("web1 [192.0.2.11]:80 is draining with weight 0: drained by hand"));
        assertThat(server.wouldChange(10 * SECOND))
                .contains("web1 [192.0.2.11]:80 serves again by lvs:undrain, or by itself in 2m; its connections end in"
                        + " 1m");
        RealServerState web1 = server.state().servers().get(0);
        assertThat(web1.state()).isEqualTo("draining");
        assertThat(web1.sinceNanos()).isEqualTo(10 * SECOND);
        assertThat(web1.weight()).isEqualTo(10);
        assertThat(web1.effectiveWeight()).isZero();
        assertThat(web1.hold()).isNotNull();
        assertThat(web1.hold().reason()).isEqualTo("update");
    }

    @Test
    void aGrowingWeightIsExplainedByItsEnd() {
        VirtualServer server = play("slow.start = 90", "@0 configure", "@1 down web1/page x", "@2 up web1/page y")
                .server();

        assertThat(server.because(2 * SECOND)).contains("web1 [192.0.2.11]:80 is slow start with weight 1: page: y");
        assertThat(server.wouldChange(32 * SECOND)).contains("web1 [192.0.2.11]:80 has its whole weight in 1m");
    }

    @Test
    void oneThatIsSparedIsExplainedByTheCap() {
        VirtualServer server = play("ejected.max = 50", "@0 configure", "@1 down web1/page x", "@2 down web2/page y")
                .server();

        assertThat(server.because(2 * SECOND))
                .contains(
                        "web2 [192.0.2.12]:80 is spared with weight 10: page: y; stays, since ejected.max = 50 lets no"
                                + " more go");
        assertThat(server.wouldChange(2 * SECOND))
                .anyMatch(change -> change.startsWith("web2 [192.0.2.12]:80 leaves as soon as"));
    }

    @Test
    void aSuspendedOneIsExplainedByItsAddress() {
        VirtualServer server = play("ha.suspend = yes", "@0 configure").server();

        assertThat(server.state().suspended()).isTrue();
        assertThat(server.because(0))
                .contains("nobody looks at real servers, since the address is not on this host (ha.suspend)");
        assertThat(server.wouldChange(0)).contains("checks begin when the address comes to this host");
    }

    @Test
    void aNameThatLeadsNowhereIsExplained() {
        VirtualServer server = play(
                        "real.server.web3 = web.example.org 80", "@0 configure", "@1 failed web3 no such name")
                .server();

        assertThat(server.because(SECOND)).contains("web3 web.example.org is unresolved: no such name");
        assertThat(server.wouldChange(SECOND)).contains("web3 is asked for again soon: web.example.org");
    }

    @Test
    void aMemoryIsWhatARestartNeeds() {
        VirtualServer server = play(
                        "real.server.web3 = web.example.org 80",
                        "@0 configure",
                        "@1 resolved web3 192.0.2.13",
                        "@2 down web2/page x")
                .server();

        Memory memory = server.memory();

        assertThat(memory.up())
                .containsOnly(
                        Map.entry("[192.0.2.11]:80", true),
                        Map.entry("[192.0.2.12]:80", false),
                        Map.entry("[192.0.2.13]:80", true));
        assertThat(memory.addresses()).containsOnlyKeys("web3");
        VirtualServer again = new VirtualServer();
        again.on(new Input.Remembered(memory), 0);
        again.on(new Input.Configured(settingsOfThree()), 0);
        assertThat(again.desired()).isEqualTo(server.desired());
        assertThat(again.memory()).isEqualTo(memory);
    }

    private static ServerSettings settingsOfThree() {
        return Texts.settings(
                "virtual.server = 192.0.2.1 80",
                "weight = 10",
                "check.page.type = http",
                "real.server.web1 = 192.0.2.11 80",
                "real.server.web2 = 192.0.2.12 80",
                "real.server.web3 = web.example.org 80");
    }
}
