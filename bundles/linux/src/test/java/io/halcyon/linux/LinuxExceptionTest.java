package io.halcyon.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LinuxExceptionTest {

    @Test
    void aMessageNamesCallErrorAndRemedy() {
        LinuxException failure = new LinuxException("socket(AF_PACKET)", Errno.EPERM);

        assertThat(failure)
                .hasMessage(
                        "socket(AF_PACKET): EPERM, not permitted; run as root or grant CAP_NET_RAW and CAP_NET_ADMIN");
        assertThat(failure.errno()).isEqualTo(1);
        assertThat(failure.errnoName()).isEqualTo("EPERM");
        assertThat(failure.what()).isEqualTo("socket(AF_PACKET)");
    }

    @Test
    void anUnknownNumberIsSaid() {
        assertThat(new LinuxException("call", 4242)).hasMessage("call: errno 4242, see errno(3)");
    }

    @Test
    void theLastErrorOfARealCallIsFound() {
        NetworkNamespace nowhere = NetworkNamespace.of(Path.of("/nonexistent/namespace"));

        assertThatThrownBy(nowhere::enter)
                .isInstanceOf(LinuxException.class)
                .hasMessage("open(/nonexistent/namespace): ENOENT, no such file or object");
    }
}
