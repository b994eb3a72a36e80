package io.halcyon.check.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the distribution's nginx: HTTP, HTTPS, HTTP/2, client certificates. */
@Tag("lab")
@InNetworkNamespace
@Timeout(120)
class RealNginxTest {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int H2C = 8080;
    private static final int MUTUAL = 8443;

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private Process nginx;

    @BeforeAll
    static void issue() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        authority = new TestAuthority(directory);
        authority.issue("www.example.test", "-ext", "san=dns:www.example.test,ip:127.0.0.1");
        authority.issue("other.example.test", "-ext", "san=dns:other.example.test");
        authority.issue("client");
        var site = Files.createDirectories(directory.resolve("site/mrtg"));
        Files.writeString(site.resolve("index.html"), "<html>traffic</html>\n");
        Files.writeString(directory.resolve("site/index.html"), "<html>Welcome to nginx!</html>\n");
        Files.writeString(directory.resolve("site/large.txt"), "0123456789abcdef".repeat(1 << 15));
    }

    @BeforeEach
    void start() throws Exception {
        var configuration = Files.writeString(directory.resolve("nginx.conf"), configuration());
        nginx = new ProcessBuilder(
                        "nginx",
                        "-p",
                        directory.toString(),
                        "-c",
                        configuration.toString(),
                        "-e",
                        directory.resolve("error.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.out").toFile())
                .start();
        awaitListener();
    }

    @AfterEach
    void stop() throws Exception {
        nginx.descendants().forEach(ProcessHandle::destroyForcibly);
        nginx.destroyForcibly().waitFor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.0C", "1.1"})
    void itIsUp(String protocol) throws Exception {
        var result = Checks.lookAt(HTTP, "http.protocol", protocol, "regex", "Welcome to nginx");

        assertThat(result.reason()).isEqualTo("http://127.0.0.1/: HTTP 200");
        assertThat(result.health()).isEqualTo(Health.UP);
    }

    @Test
    void itIsUpByHttp2WithoutTls() throws Exception {
        var result = Checks.lookAt(H2C, "http.protocol", "2", "url", new String[] {"/ regex=Welcome", "/large.txt"});

        assertThat(result.reason()).isEqualTo("all 2 URLs answered as expected");
        assertThat(Checks.lookAt(HTTP, "http.protocol", "2").reason()).contains("does not speak HTTP/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "2"})
    void itIsUpByTls(String protocol) throws Exception {
        var check = Checks.https(HTTPS, "http.protocol", protocol, "ca", ca(), "virtualhost", "www.example.test");

        for (int i = 0; i < 3; i++) {
            var result = Checks.look(check);
            assertThat(result.reason()).isEqualTo("https://127.0.0.1/: HTTP 200");
            assertThat(result.health()).isEqualTo(Health.UP);
        }
    }

    /** The seed's SSL_GET with two URLs and their digests, as genhash would have printed them. */
    @Test
    void digestsOfTwoPagesAreThoseOfMd5sum() throws Exception {
        var first = md5sum("site/index.html");
        var second = md5sum("site/mrtg/index.html");
        var urls = new String[] {"/ digest=" + first, "/mrtg/ digest=" + second};
        for (var protocol : new String[] {"1.0", "1.1", "2"}) {
            var result = Checks.look(Checks.https(
                    HTTPS, "url", urls, "verify", false, "connect.timeout", 3.0, "http.protocol", protocol));
            assertThat(result.reason()).isEqualTo("all 2 URLs answered as expected");
        }
        Files.writeString(directory.resolve("site/mrtg/index.html"), "<html>changed</html>\n");
        assertThat(Checks.look(Checks.https(HTTPS, "url", urls, "verify", false))
                        .reason())
                .isEqualTo("https://127.0.0.1/mrtg/: MD5 of the body is " + md5sum("site/mrtg/index.html")
                        + ", expected is " + second);
        Files.writeString(directory.resolve("site/mrtg/index.html"), "<html>traffic</html>\n");
    }

    @Test
    void theNameDecidesWhichCertificateIsShown() throws Exception {
        assertThat(Checks.look(Checks.https(HTTPS, "ca", ca(), "sni.name", "other.example.test"))
                        .health())
                .isEqualTo(Health.UP);
        assertThat(Checks.look(Checks.https(HTTPS, "ca", ca(), "verify.name", "other.example.test"))
                        .reason())
                .endsWith("the certificate is issued for www.example.test, 127.0.0.1, not for other.example.test");
        assertThat(Checks.look(Checks.https(HTTPS)).reason()).contains("is not signed by a known authority");
        assertThat(Checks.look(Checks.https(HTTP, "verify", false)).reason())
                .contains("the server does not answer in TLS");
    }

    @Test
    void aClientCertificateIsShown() throws Exception {
        var nothing = Checks.look(Checks.https(MUTUAL, "verify", false));
        assertThat(nothing.reason()).endsWith("HTTP 400, allowed is 200-299");
        var shown = Checks.look(Checks.https(
                MUTUAL,
                "verify",
                false,
                "certificate",
                authority.chainFile("client").toString(),
                "key",
                authority.keyFile("client").toString(),
                "regex",
                "^hello CN=client$"));
        assertThat(shown.reason()).endsWith(": HTTP 200");
    }

    @Test
    void redirectsOfItsAreFollowed() throws Exception {
        assertThat(Checks.lookAt(HTTP, "url", new String[] {"/mrtg"}, "redirect.max", 1, "regex", "traffic")
                        .reason())
                .endsWith("/mrtg: HTTP 200");
    }

    @Test
    void whatItCompressesIsInflated() throws Exception {
        assertThat(Checks.lookAt(
                                HTTP,
                                "url",
                                new String[] {"/large.txt digest=" + md5sum("site/large.txt")},
                                "gzip",
                                true)
                        .health())
                .isEqualTo(Health.UP);
    }

    private static String ca() throws Exception {
        return authority.caFile().toString();
    }

    private static String md5sum(String file) throws Exception {
        var process = new ProcessBuilder("md5sum", directory.resolve(file).toString()).start();
        var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).isZero();
        return line.substring(0, 32);
    }

    private void awaitListener() throws Exception {
        while (!nginx.waitFor(20, TimeUnit.MILLISECONDS)) {
            try (var probe = new Socket(InetAddress.getLoopbackAddress(), HTTP)) {
                assertThat(probe.isConnected()).isTrue();
                return;
            } catch (IOException notYet) {
                // Asked again, as long as it lives.
            }
        }
        throw new AssertionError(Files.readString(directory.resolve("nginx.out")));
    }

    private static String configuration() throws Exception {
        for (var alias : new String[] {"www.example.test", "other.example.test"}) {
            authority.chainFile(alias);
            authority.keyFile(alias);
        }
        ca();
        return """
                daemon off; pid %1$s/nginx.pid; worker_processes 1; user root;
                events { worker_connections 64; }
                http {
                  access_log off; root %1$s/site; types { text/html html; text/plain txt; }
                  gzip on; gzip_types text/plain;
                  client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
                  uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
                  server { listen 127.0.0.1:80; }
                  server { listen 127.0.0.1:8080 http2; }
                  server {
                    listen 127.0.0.1:443 ssl http2 default_server; server_name www.example.test;
                    ssl_certificate %1$s/www.example.test.pem; ssl_certificate_key %1$s/www.example.test.key;
                  }
                  server {
                    listen 127.0.0.1:443 ssl http2; server_name other.example.test;
                    ssl_certificate %1$s/other.example.test.pem; ssl_certificate_key %1$s/other.example.test.key;
                  }
                  server {
                    listen 127.0.0.1:8443 ssl; ssl_verify_client on; ssl_client_certificate %1$s/ca.pem;
                    ssl_certificate %1$s/www.example.test.pem; ssl_certificate_key %1$s/www.example.test.key;
                    location / { default_type text/plain; return 200 "hello $ssl_client_s_dn"; }
                  }
                }
                """
                .formatted(directory);
    }
}
