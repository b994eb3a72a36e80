package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import io.halcyon.spi.notify.NotifierFactory;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every notifier keeps to. A plugin's test extends this class, brings a real receiver, and says with which keys its
 * notifier reaches it.
 *
 * @param <P> the plugin's annotation type
 */
@Timeout(60)
public abstract class NotifierContract<P extends Annotation> {

    private static final String NODE = "contract-node";

    private static final Event DIGEST = new Event.Digest(
            "contract",
            List.of(
                    record(1, new Event.VerdictChange("chk_web", Health.UP, Health.DOWN, "no process")),
                    record(2, new Event.VerdictChange("chk_web", Health.DOWN, Health.UP, "answers again"))));

    private static final List<Event> ONE_OF_EACH = List.of(
            new Event.RouterTransition(
                    "VI_1",
                    RouterState.BACKUP,
                    RouterState.MASTER,
                    "the master fell silent",
                    100,
                    List.of("192.0.2.50/24"),
                    false,
                    false),
            new Event.GroupTransition("G1", RouterState.BACKUP, RouterState.MASTER, "VI_1 is MASTER", false, false),
            new Event.VerdictChange("chk_web", Health.UP, Health.DOWN, "no process"),
            new Event.PriorityChange("VI_1", 100, 80, RouterState.BACKUP, "chk_web is DOWN"),
            new Event.LowerPriorityHeard("VI_1", "192.0.2.11", 90, 100),
            new Event.RealServerChange(
                    "web",
                    "[192.0.2.60]:tcp:80",
                    "[192.0.2.71]:tcp:80",
                    Health.UP,
                    Health.DOWN,
                    0,
                    "connection refused"),
            new Event.VirtualServerChange(
                    "web", "[192.0.2.60]:tcp:80", Health.UP, Health.DOWN, 0, 1, "no real server is left"),
            new Event.AddressTrouble("VI_1", "192.0.2.50/24", "was removed by somebody else", Severity.WARNING),
            new Event.AddressConflict("VI_1", "192.0.2.50/24", "is announced by 02:00:00:00:00:99"),
            new Event.LeaseTrouble("VI_1", "192.0.2.50/24", "lost its lease", Severity.CRITICAL),
            new Event.ConfigurationChange("VI_1", "priority = 999 is refused", Severity.WARNING),
            new Event.Stall("VI_1", 4_000, "another master was heard"),
            new Event.PluginChange("exec", "check type came"),
            new Event.Maintenance("chk_web", "forced UP by hand: a new disk", true, Severity.WARNING),
            new Event.NodeStart(NODE, "the run before ended by a kill", false),
            DIGEST,
            new Event.Trial("contract", "somebody asked for it"));

    protected abstract NotifierFactory<P> factory();

    /** Keys of a notifier that reaches the receiver. */
    protected abstract Map<String, Object> reaching() throws Exception;

    /** Keys of a notifier whose receiver is not there at the moment. */
    protected abstract Map<String, Object> unreachable() throws Exception;

    /** Keys that contradict each other or do not make sense; empty if there are none. */
    protected abstract Map<String, Object> senseless();

    /** What the receiver got, oldest first, each as a person would read it. */
    protected abstract List<String> received() throws Exception;

    @Test
    void typeIsAPlainWord() {
        assertThat(factory().type()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    void keysAreDescribedByMetatype() {
        var parameters = factory().parameters();
        var metatype = "OSGI-INF/metatype/" + parameters.getName() + ".xml";

        assertThat(parameters.isAnnotation()).isTrue();
        assertThat(parameters.getClassLoader().getResource(metatype))
                .as(metatype)
                .isNotNull();
    }

    @Test
    void everyKindOfEventArrivesWithItsObjectAndItsNode() throws Exception {
        deliver(reaching(), ONE_OF_EACH);

        var received = received();
        assertThat(received).hasSameSizeAs(ONE_OF_EACH);
        for (int i = 0; i < received.size(); i++) {
            assertThat(received.get(i)).contains(ONE_OF_EACH.get(i).object()).contains(NODE);
        }
    }

    @Test
    void aTransitionArrivesWithItsCauseAndItsAddresses() throws Exception {
        deliver(reaching(), ONE_OF_EACH.subList(0, 1));

        assertThat(received()).singleElement().satisfies(text -> assertThat(text)
                .contains("MASTER", "the master fell silent", "192.0.2.50/24", "100"));
    }

    @Test
    void textOfOtherLanguagesArrivesIntact() throws Exception {
        deliver(reaching(), List.of(new Event.VerdictChange("chk_web", Health.UP, Health.DOWN, "é€ 進程不存在 😀")));

        assertThat(received()).singleElement().asString().contains("é€ 進程不存在 😀");
    }

    @Test
    void aReceiverThatIsNotThereIsWorthAnotherTry() throws Exception {
        var notifier = create(unreachable());
        try {
            var failure = catchThrowableOfType(
                    DeliveryException.class, () -> notifier.deliver(record(1, ONE_OF_EACH.get(0))));

            assertThat(failure).isNotNull();
            assertThat(failure.worthRetrying()).as(failure.getMessage()).isTrue();
            assertThat(failure.getMessage()).isNotBlank().doesNotContain("\n");
        } finally {
            notifier.close();
        }
    }

    @Test
    void creatingTalksToNobodyAndClosingTwiceIsHarmless() throws Exception {
        var notifier = create(unreachable());

        notifier.close();
        notifier.close();
    }

    @Test
    void senselessKeysAreRefusedByName() {
        var keys = senseless();
        Assumptions.assumeFalse(keys.isEmpty(), "every combination makes sense");

        assertThatThrownBy(() -> create(keys))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(keys.keySet()).anyMatch(String.valueOf(e.getMessage())::startsWith));
    }

    private void deliver(Map<String, Object> keys, List<Event> events) throws Exception {
        var notifier = create(keys);
        try {
            long id = 0;
            for (var event : events) {
                notifier.deliver(record(++id, event));
            }
        } finally {
            notifier.close();
        }
    }

    private static EventRecord record(long id, Event event) {
        return new EventRecord(id, Instant.parse("2026-06-30T13:28:55.310Z"), id, NODE, List.of(), event);
    }

    private Notifier create(Map<String, Object> keys) {
        return factory().create("contract", Keys.of(factory().parameters(), keys));
    }
}
