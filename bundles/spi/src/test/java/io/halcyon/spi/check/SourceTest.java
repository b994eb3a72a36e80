package io.halcyon.spi.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {

    @Test
    void withoutKeysNothingIsAskedFor() {
        var source = Source.of("", 0, "", 0);
        AsynchronousCheck check = run -> {};

        assertThat(source.isAny()).isTrue();
        assertThat(check.from(source)).isSameAs(check);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0", "10.0.0", "256.1.1.1", "example.org", "::g", "fe80::1%lo", "[::1]"})
    void aSourceIsAnAddress(String text) {
        assertThatThrownBy(() -> Source.of(text, 0, "", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bindto = " + text + " is refused: allowed is an address of this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "with blank", "sixteen_letters_", "a:b"})
    void anInterfaceHasAName(String text) {
        assertThatThrownBy(() -> Source.of("", 0, text, 0))
                .hasMessage("bind.if = " + text + " is refused: allowed is the name of an interface");
    }

    @Test
    void itIsOfTheTargetsFamily() {
        var four = Source.of("10.0.0.1", 0, "", 0);

        assertThatThrownBy(() -> four.to(new InetSocketAddress(InetAddress.getByName("2001:db8::2"), 80)))
                .hasMessage("bindto = 10.0.0.1 is refused: allowed is an address of the family of connect.ip");
        assertThatCode(() -> four.to(new InetSocketAddress("10.0.0.2", 80))).doesNotThrowAnyException();
        assertThatCode(() -> four.to(InetSocketAddress.createUnresolved("web", 80)))
                .doesNotThrowAnyException();
    }

    @Test
    void aRunThatKnowsNothingOfSourcesSaysSo() {
        CheckRun run = new SilentRun();

        assertThat(run.from(Source.ANY)).isSameAs(run);
        assertThatThrownBy(() -> run.from(Source.of("", 7_000, "", 0)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (var first = DatagramChannel.open();
                var second = DatagramChannel.open()) {
            first.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) first.getLocalAddress()).getPort();

            assertThatThrownBy(() -> Source.of("127.0.0.1", port, "", 0).bind(second, null))
                    .isInstanceOf(SourceException.class)
                    .hasMessageStartingWith("bind.port = " + port + " cannot be had: ");
        }
    }

    /** As one that was written before there were sources. */
    private static final class SilentRun implements CheckRun {

        @Override
        public void connect(InetSocketAddress target, Handler handler) {}

        @Override
        public void connectDatagram(InetSocketAddress target, Handler handler) {}

        @Override
        public void after(long delayMillis, Runnable action) {}

        @Override
        public void complete(CheckResult result) {}

        @Override
        public long elapsedNanos() {
            return 0;
        }
    }
}
