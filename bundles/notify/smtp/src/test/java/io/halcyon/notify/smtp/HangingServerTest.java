package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.halcyon.spi.notify.DeliveryException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that falls silent in the middle costs one timeout, whichever word it does not answer. */
@Timeout(60)
class HangingServerTest {

    private static final Map<String, Object> IMPATIENT = Map.of("smtp.connect.timeout", 0.3);

    @ParameterizedTest
    @EnumSource(value = HangingServer.Silent.class, mode = EnumSource.Mode.EXCLUDE, names = "QUIT")
    void silenceIsWorthAnotherTryAndCostsNoMoreThanTheTimeout(HangingServer.Silent silent) throws Exception {
        try (var server = new HangingServer(silent)) {
            var notifier = Mails.notifier(server.port(), IMPATIENT);
            long begin = System.nanoTime();

            var failure = catchThrowableOfType(
                    DeliveryException.class, () -> notifier.deliver(Mails.transition(1, "master fell silent")));

            assertThat(failure).isNotNull();
            assertThat(failure.worthRetrying()).as(failure.getMessage()).isTrue();
            assertThat(failure.getMessage()).startsWith("127.0.0.1:").doesNotContain("\n");
            // One timeout for the answer, one for the parting word.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(9));
        }
    }

    @Test
    void aMailThatWasTakenIsDeliveredHoweverWePart() throws Exception {
        try (var server = new HangingServer(HangingServer.Silent.QUIT)) {
            Mails.notifier(server.port(), IMPATIENT).deliver(Mails.transition(1, "master fell silent"));

            assertThat(server.taken).hasValue(1);
        }
    }
}
