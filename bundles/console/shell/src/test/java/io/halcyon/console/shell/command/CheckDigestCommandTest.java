package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.halcyon.json.Json;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.DefaultActionPreparator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;

@Timeout(60)
class CheckDigestCommandTest {

    private static final String MD5 = "5eb63bbbe01eeed093cb22bb8f5acdc3";
    private static final String SHA256 = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";

    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "hello world".getBytes(StandardCharsets.US_ASCII);
            String path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().add("Server", "test");
            exchange.getResponseHeaders().add("Location", "/");
            exchange.sendResponseHeaders(path.equals("/") ? 200 : path.equals("/moved") ? 301 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aScriptGetsTheDigestAndNothingElse() throws Exception {
        assertThat(text(url("/"))).isEqualTo(MD5 + "\n");
        assertThat(text("--sha256", url("/"))).isEqualTo(SHA256 + "\n");
        assertThat(text("--connect", "127.0.0.1:" + port(), "--virtualhost", "www.example.org", "http://192.0.2.1/"))
                .isEqualTo(MD5 + "\n");
    }

    @Test
    void aPersonGetsTheHeaderTheLengthAndGenhashsLine() throws Exception {
        assertThat(text("--verbose", url("/")).lines())
                .startsWith(url("/") + " of 127.0.0.1:" + port(), "HTTP/1.1 200 OK")
                .contains("Server: test")
                .endsWith("", "11 bytes", "MD5SUM = " + MD5);
        assertThat(text("--verbose", "--sha256", url("/"))).endsWith("\nSHA256SUM = " + SHA256 + "\n");
    }

    @Test
    void aProgramGetsAllOfIt() throws Exception {
        assertThat(Json.write(type(url("/")).data()))
                .startsWith("{\"url\":\"" + url("/") + "\",\"address\":\"127.0.0.1:" + port()
                        + "\",\"redirects\":0,\"status\":200,\"header\":[\"HTTP/1.1 200 OK\",")
                .endsWith("],\"bytes\":11,\"algorithm\":\"MD5\",\"digest\":\"" + MD5 + "\"}");
    }

    @Test
    void theDigestOfAnErrorPageIsPrintedOnlyIfThatIsMeant() throws Exception {
        assertThatThrownBy(() -> type(url("/nosuch")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(url("/nosuch") + ": HTTP 404, which a check takes only if its status.code says so;"
                        + " --any-status prints the digest all the same");
        assertThat(text("--any-status", url("/nosuch"))).isEqualTo(MD5 + "\n");
    }

    @Test
    void aRedirectIsFollowedIfThatIsAskedFor() throws Exception {
        assertThatThrownBy(() -> type(url("/moved"))).hasMessageContaining("HTTP 301");
        assertThat(text("--redirects", "1", url("/moved"))).isEqualTo(MD5 + "\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
            www.example.org            => url www.example.org is refused: allowed is http://HOST/PATH or https://HOST/PATH, with a port if need be
            --redirects 11 http://a/   => --redirects 11 is refused: allowed is 0 to 10
            --redirects -1 http://a/   => --redirects -1 is refused: allowed is 0 to 10
            --insecure --ca x http://a/ => give either --insecure or --ca
            --ca /nosuch https://a/    => --ca /nosuch is refused: allowed is a file with certificates in PEM that can be read
            """)
    void whatMakesNoSenseIsRefusedInOneSentence(String words, String message) {
        assertThatThrownBy(() -> type(words.strip().split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static String text(String... words) throws Exception {
        return type(words).text().apply(80);
    }

    private static Report type(String... words) throws Exception {
        var command = new CheckDigestCommand();
        List<Object> typed = Arrays.asList((Object[]) words);
        new DefaultActionPreparator().prepare(command, nothing(Session.class), typed);
        return command.report(new Services(nothing(BundleContext.class)));
    }

    private static <T> T nothing(Class<T> type) {
        return Objects.requireNonNull(type.cast(Proxy.newProxyInstance(
                CheckDigestCommandTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, values) -> null)));
    }
}
