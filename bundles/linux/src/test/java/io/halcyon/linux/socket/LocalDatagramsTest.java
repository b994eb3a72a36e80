package io.halcyon.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a receiver in Perl, since the JDK has none. */
@Timeout(60)
class LocalDatagramsTest {

    private static final String RECEIVER = "use IO::Socket::UNIX; $| = 1; unlink $ARGV[0];"
            + " my $s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die $!;"
            + " print \"ready\\n\"; while ($ARGV[1]-- > 0) { $s->recv(my $m, 65536); print \"$m\\n\"; } sleep 60;";

    @TempDir
    Path directory;

    @Test
    void datagramsArriveOneByOneAlsoAfterTheReceiverWasRestarted() throws Exception {
        try (var way = LocalDatagrams.to(path(), 1_000)) {
            for (var run : new String[] {"first", "second"}) {
                var receiver = receiver(2);
                try (var output = ready(receiver)) {
                    way.send((run + " é").getBytes(StandardCharsets.UTF_8));
                    way.send(run.getBytes(StandardCharsets.UTF_8));

                    assertThat(output.readLine()).isEqualTo(run + " é");
                    assertThat(output.readLine()).isEqualTo(run);
                } finally {
                    end(receiver);
                }
            }
        }
    }

    @Test
    void nobodyThereIsSaid() throws Exception {
        try (var way = LocalDatagrams.to(path(), 1_000)) {
            assertThat(failure(way)).isEqualTo(Errno.ENOENT);

            var receiver = receiver(0);
            ready(receiver);
            end(receiver);
            assertThat(failure(way)).isEqualTo(Errno.ECONNREFUSED);
        }
    }

    @Test
    void aListenerForStreamsIsToldApart() throws Exception {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var way = LocalDatagrams.to(path(), 1_000)) {
            server.bind(UnixDomainSocketAddress.of(path()));

            assertThat(failure(way)).isEqualTo(Errno.EPROTOTYPE);
        }
    }

    @Test
    void aReceiverThatDoesNotReadIsNotWaitedForForEver() throws Exception {
        var receiver = receiver(0);
        try (var output = ready(receiver);
                var way = LocalDatagrams.to(path(), 50)) {
            assertThat(output).isNotNull();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            way.send(new byte[1_000]);
                        }
                    })
                    .isInstanceOf(LinuxException.class)
                    .extracting(e -> ((LinuxException) e).errno())
                    .isEqualTo(Errno.EAGAIN);
        } finally {
            end(receiver);
        }
    }

    @Test
    void whatIsNoPathOfASocketIsRefused() {
        assertThatThrownBy(() -> LocalDatagrams.to("log", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LocalDatagrams.to("/" + "x".repeat(107), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private int failure(LocalDatagrams way) {
        return catchThrowableOfType(LinuxException.class, () -> way.send(new byte[] {1}))
                .errno();
    }

    private String path() {
        return directory.resolve("log").toString();
    }

    private Process receiver(int reads) throws IOException {
        Files.deleteIfExists(directory.resolve("log"));
        return new ProcessBuilder("perl", "-e", RECEIVER, path(), String.valueOf(reads))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader ready(Process receiver) throws IOException {
        var output = receiver.inputReader(StandardCharsets.UTF_8);
        assertThat(output.readLine()).isEqualTo("ready");
        return output;
    }

    private static void end(Process receiver) throws InterruptedException {
        receiver.destroyForcibly();
        assertThat(receiver.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
