package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.subethamail.smtp.RejectException;

/** Which mails a real server gets and which it does not. */
@Timeout(60)
class SilenceTest {

    @Test
    void aStateThatWasMailedLastIsNotMailedAgain() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var notifier = Mails.notifier(server.port(), Map.of());

            notifier.deliver(router(1, "VI_1", RouterState.BACKUP));
            notifier.deliver(router(2, "VI_1", RouterState.BACKUP));
            notifier.deliver(router(3, "VI_2", RouterState.BACKUP));
            notifier.deliver(router(4, "VI_1", RouterState.MASTER));
            notifier.deliver(router(5, "VI_1", RouterState.BACKUP));

            assertThat(server.subjects)
                    .containsExactly(
                            "[lb1] VRRP Instance VI_1 - Entering BACKUP state",
                            "[lb1] VRRP Instance VI_2 - Entering BACKUP state",
                            "[lb1] VRRP Instance VI_1 - Entering MASTER state",
                            "[lb1] VRRP Instance VI_1 - Entering BACKUP state");
        }
    }

    @Test
    void whoWantsEveryMailGetsEveryMail() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var notifier = Mails.notifier(server.port(), Map.of("suppress.repeated", false));

            notifier.deliver(router(1, "VI_1", RouterState.BACKUP));
            notifier.deliver(router(2, "VI_1", RouterState.BACKUP));

            assertThat(server.subjects).hasSize(2);
        }
    }

    @Test
    void aFailureThatIsBackIsMailedAlsoIfNobodyToldUsThatItHadGone() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var notifier = Mails.notifier(server.port(), Map.of());

            notifier.deliver(router(1, "VI_1", RouterState.FAULT));
            notifier.deliver(router(2, "VI_1", RouterState.FAULT));
            notifier.deliver(server(3, "[192.0.2.71]:tcp:80", Health.DOWN));
            notifier.deliver(server(4, "[192.0.2.71]:tcp:80", Health.DOWN));

            assertThat(server.subjects).hasSize(4);
        }
    }

    @Test
    void realServersOfOneServiceAreToldApart() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var notifier = Mails.notifier(server.port(), Map.of());

            notifier.deliver(server(1, "[192.0.2.71]:tcp:80", Health.UP));
            notifier.deliver(server(2, "[192.0.2.72]:tcp:80", Health.UP));
            notifier.deliver(server(3, "[192.0.2.71]:tcp:80", Health.UP));

            assertThat(server.subjects).hasSize(2);
        }
    }

    @Test
    void aMailThatDidNotArriveDoesNotCount() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var notifier = Mails.notifier(server.port(), Map.of());
            server.recipients = address -> {
                throw new RejectException(451, "later");
            };
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> notifier.deliver(router(1, "VI_1", RouterState.MASTER)))
                    .hasMessageContaining("later");
            server.recipients = address -> {};

            notifier.deliver(router(1, "VI_1", RouterState.MASTER));

            assertThat(server.subjects).hasSize(1);
        }
    }

    @Test
    void whatAPersonHasSentAgainIsSentAndDoesNotUndoWhatIsNewer() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var notifier = Mails.notifier(server.port(), Map.of());

            notifier.deliver(router(5, "VI_1", RouterState.MASTER));
            notifier.deliver(router(3, "VI_1", RouterState.MASTER));
            notifier.deliver(router(2, "VI_1", RouterState.BACKUP));
            notifier.deliver(router(6, "VI_1", RouterState.MASTER));

            assertThat(server.subjects).hasSize(3);
        }
    }

    @Test
    void theStatesInADigestHaveBeenMailed() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var notifier = Mails.notifier(server.port(), Map.of());
            var events = List.of(router(1, "VI_1", RouterState.MASTER), router(2, "VI_1", RouterState.BACKUP));

            notifier.deliver(Mails.record(3, new Event.Digest("ops", events)));
            notifier.deliver(router(4, "VI_1", RouterState.BACKUP));
            notifier.deliver(router(5, "VI_1", RouterState.MASTER));

            assertThat(server.subjects)
                    .containsExactly("[lb1] 2 events, up to INFO", "[lb1] VRRP Instance VI_1 - Entering MASTER state");
        }
    }

    @Test
    void faultsCanBeLeftOutAsInKeepalived() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var notifier = Mails.notifier(server.port(), Map.of("no.email.faults", true));

            notifier.deliver(router(1, "VI_1", RouterState.MASTER));
            notifier.deliver(router(2, "VI_1", RouterState.FAULT));
            notifier.deliver(Mails.record(
                    3, new Event.GroupTransition("G1", RouterState.MASTER, RouterState.FAULT, "x", false, false)));
            notifier.deliver(router(4, "VI_1", RouterState.MASTER));

            assertThat(server.subjects).containsExactly("[lb1] VRRP Instance VI_1 - Entering MASTER state");
        }
    }

    @Test
    void theMailListsWhatTheNotifierWasToldBeforeAndNoMoreThanTen() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var notifier = Mails.notifier(server.port(), Map.of());
            for (int id = 1; id <= 12; id++) {
                notifier.deliver(router(id, "VI_" + id, RouterState.BACKUP));
            }
            notifier.deliver(Mails.record(13, new Event.Trial("ops", "asked for")));

            notifier.deliver(router(14, "VI_14", RouterState.MASTER));

            var mails = server.mails();
            var text = Reading.text(mails.get(mails.size() - 1));
            var listed = text.substring(text.indexOf("Before this:")).lines().toList();
            assertThat(listed).hasSize(11);
            assertThat(listed.get(1)).endsWith("VI_3: INIT -> BACKUP, test");
            assertThat(listed.get(10)).endsWith("VI_12: INIT -> BACKUP, test");
        }
    }

    private static EventRecord router(long id, String name, RouterState to) {
        return Mails.record(
                id, new Event.RouterTransition(name, RouterState.INIT, to, "test", 100, List.of(), false, false));
    }

    private static EventRecord server(long id, String realServer, Health to) {
        return Mails.record(
                id,
                new Event.RealServerChange("web", "[192.0.2.60]:tcp:80", realServer, Health.UNKNOWN, to, 1, "test"));
    }
}
