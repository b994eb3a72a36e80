package io.halcyon.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeysTest {

    static Stream<Arguments> senseless() {
        return Stream.of(
                Arguments.of("connect.ip", "two words"),
                Arguments.of("connect.ip", ":::"),
                Arguments.of("url", new String[] {}),
                Arguments.of("url", new String[] {"no-slash"}),
                Arguments.of("url", new String[] {"/a b"}),
                Arguments.of("url", new String[] {"/ä"}),
                Arguments.of("url", new String[] {"/#part"}),
                Arguments.of("url", new String[] {"/ status="}),
                Arguments.of("url", new String[] {"/ status=2xx"}),
                Arguments.of("url", new String[] {"/ digest=12"}),
                Arguments.of("url", new String[] {"/ digest=1 digest=2"}),
                Arguments.of("url", new String[] {"/ json=nopointer=1"}),
                Arguments.of("method", "get"),
                Arguments.of("method", "GET / HTTP/1.1\r\nX: y"),
                Arguments.of("header", new String[] {"no colon"}),
                Arguments.of("header", new String[] {"X: a\r\nY: b"}),
                Arguments.of("header", new String[] {"Host: other"}),
                Arguments.of("header", new String[] {"Content-Length: 3"}),
                Arguments.of("virtualhost", "a b"),
                Arguments.of("virtualhost", "a/b"),
                Arguments.of("body", "x".repeat(16_385)),
                Arguments.of("status.code", new String[] {"600"}),
                Arguments.of("status.code", new String[] {"300-200"}),
                Arguments.of("status.code", new String[] {}),
                Arguments.of("digest", "abc"),
                Arguments.of("regex", "("),
                Arguments.of("json.pointer", "status"),
                Arguments.of("json.value", "UP"),
                Arguments.of("regex.no.match", true));
    }

    @ParameterizedTest
    @MethodSource("senseless")
    void whatMakesNoSenseIsRefusedByName(String key, Object value) {
        assertThatThrownBy(() -> Checks.http(80, key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " = ")
                .hasMessageContaining("allowed is ");
        assertThatThrownBy(() -> Checks.https(443, key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " = ");
    }

    @Test
    void optionsOfAnExpressionAreThoseThatMeanSomething() {
        assertThatThrownBy(() -> Checks.http(80, "regex", "x", "regex.options", new String[] {"auto_callout"}))
                .hasMessageStartingWith("regex.options = ")
                .hasMessageContaining("allowed is any of caseless, ");
        assertThatThrownBy(() -> Checks.http(80, "regex", "x", "regex.min.offset", 5, "regex.max.offset", 5))
                .hasMessageStartingWith("regex.max.offset = 5 ");
    }

    @Test
    void keysOfTlsAreRefusedByName() {
        assertThatThrownBy(() -> Checks.https(443, "ca", "/none.pem"))
                .hasMessageStartingWith("ca is refused: file /none.pem");
        assertThatThrownBy(() -> Checks.https(443, "ca", "relative.pem")).hasMessageStartingWith("ca = relative.pem ");
        assertThatThrownBy(() -> Checks.https(443, "key", "/some.key")).hasMessageStartingWith("certificate = ");
        assertThatThrownBy(() -> Checks.https(443, "certificate", "/some.pem")).hasMessageStartingWith("key = ");
        assertThatThrownBy(() -> Checks.https(443, "tls.min", "TLSv1.3", "tls.max", "TLSv1.2"))
                .hasMessageStartingWith("tls.max = TLSv1.2 ");
        assertThatThrownBy(() -> Checks.https(443, "sni.name", "a..b")).hasMessageStartingWith("sni.name = a..b ");
        assertThatThrownBy(() -> Checks.https(443, "connect.ip", "with_underscore"))
                .hasMessageStartingWith("connect.ip = with_underscore ")
                .hasMessageContaining("enable.sni = false");
        assertThat(Checks.https(443, "connect.ip", "with_underscore", "enable.sni", false))
                .isNotNull();
    }

    @Test
    void noMessageShowsAHeaderField() {
        assertThatThrownBy(() -> Checks.http(80, "header", new String[] {"Authorization: Bearer s3cret\0"}))
                .hasMessageStartingWith("header = Authorization is refused")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void httpsHasAllKeysOfHttp() throws Exception {
        for (var member : HttpKeys.class.getDeclaredMethods()) {
            var same = HttpsKeys.class.getDeclaredMethod(member.getName());
            assertThat(same.getReturnType()).isEqualTo(member.getReturnType());
            assertThat(same.getDefaultValue()).isEqualTo(member.getDefaultValue());
        }
        assertThat(Arrays.asList(HttpKeys.class.getDeclaredMethods())).hasSizeGreaterThan(15);
    }
}
