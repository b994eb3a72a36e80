package io.halcyon.console.shell.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.check.http.HttpCheckFactory;
import io.halcyon.check.http.HttpsCheckFactory;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import io.halcyon.testkit.TestAuthority;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed is what the shipped checks take, of the distribution's nginx, and what md5sum and sha256sum say of the file. */
@Tag("lab")
@InNetworkNamespace
@Timeout(120)
class CheckAgreementTest {

    @TempDir
    Path directory;

    private Process nginx;

    @BeforeEach
    void start() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var authority = new TestAuthority(directory);
        authority.issue("www.example.test", "-ext", "san=dns:www.example.test");
        authority.chainFile("www.example.test");
        authority.keyFile("www.example.test");
        Files.createDirectories(directory.resolve("site"));
        Files.writeString(directory.resolve("site/index.html"), "<html>Welcome to nginx!</html>\n");
        Files.writeString(directory.resolve("site/large.txt"), "0123456789abcdef".repeat(1 << 15));
        Files.writeString(directory.resolve("site/empty.txt"), "");
        // SSI makes nginx send it in chunks.
        Files.writeString(directory.resolve("site/page.shtml"), "<html>" + "chunk ".repeat(20_000) + "</html>\n");
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
        // It ends its workers first; one that is killed before it would be replaced by another, which then stays.
        nginx.destroy();
        nginx.waitFor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "large.txt", "empty.txt", "page.shtml"})
    void allOfThemAgree(String file) throws Exception {
        String path = "/" + file;
        for (boolean secure : new boolean[] {false, true}) {
            String url = (secure ? "https" : "http") + "://127.0.0.1" + path;
            String md5 = digest("MD5", url);
            String sha256 = digest("SHA-256", url);

            assertThat(md5).isEqualTo(sum("md5sum", file)).hasSize(32);
            assertThat(sha256).isEqualTo(sum("sha256sum", file)).hasSize(64);
            for (String digest : new String[] {md5, sha256}) {
                CheckResult result = check(secure, path + " digest=" + digest);
                assertThat(result.reason()).endsWith(path + ": HTTP 200");
                assertThat(result.health()).isEqualTo(Health.UP);
            }
            assertThat(check(secure, path + " digest=" + "0".repeat(32)).reason())
                    .contains("MD5 of the body is " + md5);
        }
    }

    @Test
    void nginxSentChunksIndeed() throws Exception {
        var page = client("MD5").fetch(PageRequest.of("http://127.0.0.1/page.shtml", "", ""), 0);

        assertThat(page.header()).contains("Transfer-Encoding: chunked");
    }

    private static String digest(String algorithm, String url) throws Exception {
        return client(algorithm)
                .fetch(PageRequest.of(url, "www.example.test", ""), 0)
                .digest();
    }

    private static PageClient client(String algorithm) {
        return new PageClient(Trust.anybody(), algorithm, Duration.ofSeconds(10));
    }

    private static CheckResult check(boolean secure, String url) throws Exception {
        Map<String, Object> keys = new HashMap<>(Map.of("url", new String[] {url}, "virtualhost", "www.example.test"));
        if (secure) {
            keys.put("verify", false);
            return look(new HttpsCheckFactory(), keys);
        }
        return look(new HttpCheckFactory(), keys);
    }

    private static <P extends Annotation> CheckResult look(HealthCheckFactory<P> factory, Map<String, Object> keys)
            throws Exception {
        return Look.at(factory.create("web", Keys.of(factory.parameters(), keys)), 20_000);
    }

    private String sum(String program, String file) throws Exception {
        var process =
                new ProcessBuilder(program, directory.resolve("site/" + file).toString()).start();
        var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).isZero();
        return line.split(" ", 2)[0];
    }

    private void awaitListener() throws Exception {
        while (!nginx.waitFor(20, TimeUnit.MILLISECONDS)) {
            try (var probe = new Socket(InetAddress.getLoopbackAddress(), 80)) {
                assertThat(probe.isConnected()).isTrue();
                return;
            } catch (IOException notYet) {
                // Asked again, as long as it lives.
            }
        }
        throw new AssertionError(Files.readString(directory.resolve("nginx.out")));
    }

    private String configuration() {
        return """
                daemon off; pid %1$s/nginx.pid; worker_processes 1; user root;
                events { worker_connections 64; }
                http {
                  access_log off; root %1$s/site; types { text/html html shtml; text/plain txt; }
                  gzip on; gzip_types text/plain; ssi on;
                  client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
                  uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
                  server { listen 127.0.0.1:80; }
                  server {
                    listen 127.0.0.1:443 ssl; server_name www.example.test;
                    ssl_certificate %1$s/www.example.test.pem; ssl_certificate_key %1$s/www.example.test.key;
                  }
                }
                """
                .formatted(directory);
    }
}
