package io.halcyon.vrrp.engine.loop;

import static io.halcyon.vrrp.engine.loop.Lan.MILLI;
import static io.halcyon.vrrp.engine.loop.Lan.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.vrrp.RouterState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A lone master whose transport or VIP manager is replaced: nobody takes over, and the address is to stay. */
class GoingPluginsTest {

    private static final String VIP = "10.0.0.201/32";

    private final Lan lan = new Lan();
    private final Lan.Node a = lan.node("a", 1);
    private final Lan.Node b = lan.node("b", 2);

    private static RouterSettings everyTwoSeconds() {
        return Lan.settings("VI_1", 1, 100, 200, List.of());
    }

    private void startAlone(RouterSettings settings) {
        a.start(settings);
        lan.pass(10 * SECOND);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
    }

    @Test
    void whatGoesIsLeftWithinFiveSecondsHoweverLongTheInterval() {
        startAlone(everyTwoSeconds());

        CompletableFuture<Void> left = a.loop.removeVipManager(a, 0);
        lan.pass(4_900 * MILLI);
        assertThat(left).isNotDone();
        lan.pass(200 * MILLI);

        assertThat(left).isDone();
        assertThat(a.answersFor()).containsExactly(VIP);
        a.loop.addVipManager(a, 0);
        lan.pass(300 * MILLI);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.orders).doesNotContain("release");
    }

    @Test
    void aManagerThatComesBeforeTheOldOneHasGoneIsUsedWhenItHas() {
        startAlone(everyTwoSeconds());
        CompletableFuture<Void> left = a.loop.removeVipManager(a, 0);
        lan.pass(MILLI);

        a.loop.addVipManager(b, 0);
        lan.pass(6 * SECOND);

        assertThat(left).isDone();
        assertThat(a.status("VI_1").cause()).doesNotContain("not installed");
        lan.pass(8 * SECOND);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(b.orders).contains("hold");
    }

    @Test
    void aTransportAndAManagerThatGoTogetherAreBothLeft() {
        startAlone(Lan.settings(100));

        CompletableFuture<Void> transport = a.loop.removeTransport(a.transport, 0);
        lan.pass(10 * MILLI);
        CompletableFuture<Void> manager = a.loop.removeVipManager(a, 0);
        lan.pass(500 * MILLI);

        assertThat(transport).isDone();
        assertThat(manager).isDone();
        assertThat(a.state()).isEqualTo(RouterState.INIT);
        assertThat(a.answersFor()).containsExactly(VIP);
        a.loop.addVipManager(a, 0);
        a.loop.addTransport(a.transport, 0);
        lan.pass(500 * MILLI);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.orders).doesNotContain("release");
    }

    @Test
    void aTransportThatGoesWhileTheManagerIsLeftDoesNotMakeItsSuccessorUseIt() {
        startAlone(Lan.settings(100));
        CompletableFuture<Void> manager = a.loop.removeVipManager(a, 0);
        lan.pass(10 * MILLI);
        CompletableFuture<Void> transport = a.loop.removeTransport(a.transport, 0);
        lan.pass(500 * MILLI);
        assertThat(List.of(manager, transport)).allMatch(CompletableFuture::isDone);

        a.loop.addVipManager(a, 0);
        lan.pass(500 * MILLI);

        assertThat(a.status("VI_1").cause()).contains("transport memory is not installed");
    }
}
