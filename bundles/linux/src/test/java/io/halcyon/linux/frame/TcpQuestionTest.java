package io.halcyon.linux.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TcpQuestionTest {

    @Test
    void isAnAcknowledgmentOfNothingInEitherFamily() throws Exception {
        // The checksums of the segments were computed by another program.
        assertThat(hex("192.0.2.1", "10.1.0.2"))
                .isEqualTo("450000280000000040060000c00002010a010002" + "00500d051234567800000000501000006dcf0000");
        assertThat(hex("2001:db8::1", "fd00:1::2"))
                .isEqualTo("600000000014064020010db8000000000000000000000001fd000001000000000000000000000002"
                        + "00500d051234567800000000501000000f160000");
    }

    private static String hex(String from, String to) throws Exception {
        return HexFormat.of()
                .formatHex(
                        TcpQuestion.of(InetAddress.getByName(from), 80, InetAddress.getByName(to), 3333, 0x12345678));
    }
}
