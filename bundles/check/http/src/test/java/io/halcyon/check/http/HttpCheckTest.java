package io.halcyon.check.http;

import static io.halcyon.check.http.Checks.lookAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.testkit.Look;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked, and what an answer is held against. */
@Timeout(60)
class HttpCheckTest {

    private Site site;

    @BeforeEach
    void open() throws IOException {
        site = Site.plain();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.0C", "1.1"})
    void theUsualAnswerIsUp(String protocol) throws Exception {
        var result = look("http.protocol", protocol);

        assertThat(result.reason()).isEqualTo("http://127.0.0.1:" + site.port() + "/: HTTP 200");
        assertThat(result.health()).isEqualTo(Health.UP);
        assertThat(result.details()).containsEntry("http.status", "200");
        assertThat(result.latency()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/missing; 200-299; HTTP 404, allowed is 200-299",
                "/missing; 200-299,404; ''",
                "/broken; 200,300-399; HTTP 500, allowed is 200, 300-399",
                "/nothing; 204; ''",
                "/moved; 302; ''",
                "/moved; 200; 'HTTP 302, allowed is 200'"
            })
    void statusCodesAreNumbersAndRanges(String path, String codes, String fault) throws Exception {
        expect(fault, "url", new String[] {path}, "status.code", codes.split(","));
    }

    @Test
    void theRequestIsAsItWasConfigured() throws Exception {
        look(
                "method",
                "POST",
                "body",
                "{\"ä\": 1}",
                "virtualhost",
                "www.example.org:81",
                "header",
                new String[] {"X-Secret: of mine", "Content-Type: application/json"},
                "url",
                new String[] {"/json?a=b"});

        assertThat(site.seen())
                .containsExactly(new Site.Seen(
                        "POST", "/json?a=b", List.of("www.example.org:81"), List.of("of mine"), "{\"ä\": 1}"));
    }

    @Test
    void anAnswerToHeadHasNoBody() throws Exception {
        expect("", "method", "HEAD", "url", new String[] {"/large"}, "body.max", 10);
    }

    @Test
    void digestsAreThoseOfTheBody() throws Exception {
        var right = hex("MD5", Site.WELCOME);
        expect("", "digest", right);
        expect("", "digest", right.toUpperCase(Locale.ROOT));
        expect("", "digest", hex("SHA-256", Site.WELCOME));
        expect("", "digest", hex("MD5", "Welcome to nginx!\n"), "url", new String[] {"/chunked"});
        var other = hex("MD5", "something else");
        expect("MD5 of the body is " + right + ", expected is " + other, "digest", other);
    }

    @Test
    void anExpressionIsLookedForInTheBody() throws Exception {
        expect("", "regex", "^Welcome to \\w+!");
        expect("", "regex", "ünïcode");
        expect("", "regex", "WELCOME.*CODE", "regex.options", new String[] {"caseless", "dotall"});
        expect("regex was not found in the body", "regex", "goodbye");
        expect("", "regex", "goodbye", "regex.no.match", true);
        expect("regex was found in the body", "regex", "nginx", "regex.no.match", true);
        expect("", "regex", "nginx!", "regex.min.offset", 11, "regex.max.offset", 17);
        expect("regex was not found in the body", "regex", "nginx!", "regex.max.offset", 16);
        expect("regex was not found in the body", "regex", "nginx!", "regex.min.offset", 12);
        expect("regex was not found in the body", "regex", "x", "regex.min.offset", 1_000_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/status; UP; ''",
                "/status; ''; ''",
                "/status; DOWN; the JSON has \"UP\" at /status, expected is DOWN",
                "/nodes/0/load; 0.5; ''",
                "/nodes/0/ok; true; ''",
                "/nodes/0/gone; null; ''",
                "/nodes; ''; ''",
                "/nodes; 1; 'the JSON has an array at /nodes, expected is 1'",
                "/other; ''; the JSON has nothing at /other",
                "/nodes/1; ''; the JSON has nothing at /nodes/1"
            })
    void aPlaceInJsonIsLookedAt(String pointer, String value, String fault) throws Exception {
        expect(fault, "url", new String[] {"/json"}, "json.pointer", pointer, "json.value", value);
    }

    @Test
    void whatIsNoJsonIsDown() throws Exception {
        assertThat(look("json.pointer", "/status").reason()).contains("the body is not JSON: ");
    }

    @Test
    void severalUrlsAreAskedInTurnEachWithItsExpectation() throws Exception {
        var urls = new String[] {
            "/ digest=" + hex("MD5", Site.WELCOME),
            "/missing status=404|410 virtualhost=other.example.org",
            "/json json=/status=UP",
            "/chunked regex=to nginx"
        };
        var result = look("url", urls);

        assertThat(result.reason()).isEqualTo("all 4 URLs answered as expected");
        assertThat(site.seen()).extracting(Site.Seen::path).containsExactly("/", "/missing", "/json", "/chunked");
        assertThat(site.seen().get(1).host()).containsExactly("other.example.org");
    }

    @Test
    void theFirstUrlThatFailsDecides() throws Exception {
        var result = look("url", new String[] {"/", "/broken", "/missing"});

        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason())
                .isEqualTo("http://127.0.0.1:" + site.port() + "/broken: HTTP 500, allowed is 200-299");
        assertThat(site.seen()).hasSize(2);
    }

    @Test
    void redirectsAreFollowedAsOftenAsAllowed() throws Exception {
        expect("HTTP 302, allowed is 200-299", "url", new String[] {"/moved"});
        expect("", "url", new String[] {"/moved", "/moved"}, "redirect.max", 1);
        expect("HTTP 302, allowed is 200-299", "url", new String[] {"/loop"}, "redirect.max", 3);
        expect(
                "redirected to \"ftp://127.0.0.1/\", which is not asked for by this type",
                "url",
                new String[] {"/scheme"},
                "redirect.max",
                1);
    }

    @Test
    void anotherSiteIsToldNoSecret() throws Exception {
        try (var other = Site.plain()) {
            site.redirect("/away", "http://127.0.0.1:" + other.port() + "/json");
            var result = look(
                    "url",
                    new String[] {"/away"},
                    "redirect.max",
                    1,
                    "method",
                    "POST",
                    "body",
                    "secret",
                    "header",
                    new String[] {"X-Secret: mine"});

            assertThat(result.health()).as(result.reason()).isEqualTo(Health.UP);
            assertThat(site.seen().get(0).secret()).containsExactly("mine");
            assertThat(other.seen())
                    .containsExactly(
                            new Site.Seen("GET", "/json", List.of("127.0.0.1:" + other.port()), List.of(), ""));
        }
    }

    @Test
    void aQueryAloneIsOneOfTheSamePage() throws Exception {
        site.redirect("/app/login", "?lang=en");

        look("url", new String[] {"/app/login"}, "redirect.max", 1);

        assertThat(site.seen()).extracting(Site.Seen::path).containsExactly("/app/login", "/app/login?lang=en");
    }

    @Test
    void compressionIsAskedForOnlyIfItIsWantedAndIsBounded() throws Exception {
        expect("", "url", new String[] {"/gzip"}, "regex", "^plain$");
        expect("", "url", new String[] {"/gzip"}, "gzip", true, "regex", "^zipped zipped", "body.max", 2_000_000);
        expect("", "gzip", true, "digest", hex("MD5", Site.WELCOME));
        expect(
                "content too long: more than the 1048576 bytes of body.max",
                "url",
                new String[] {"/gzip"},
                "gzip",
                true,
                "regex",
                "zipped");
    }

    @Test
    void aBodyThatIsTooLongIsDown() throws Exception {
        expect("", "url", new String[] {"/large"}, "body.max", 300_000);
        expect(
                "content too long: 300000 bytes are announced, body.max is 299999",
                "url",
                new String[] {"/large"},
                "body.max",
                299_999);
        expect(
                "content too long: more than the 10 bytes of body.max",
                "url",
                new String[] {"/chunked"},
                "body.max",
                10);
    }

    @Test
    void anAnswerThatIsTooSlowIsDegraded() throws Exception {
        var result = look("latency.max", 0.000001);

        assertThat(result.health()).isEqualTo(Health.DEGRADED);
        assertThat(result.reason()).startsWith("answered as expected, but after ");
    }

    @Test
    void itsStepsAreTold() throws Exception {
        var result = Look.withSteps(Checks.http(site.port(), "url", new String[] {"/", "/"}), 20_000);

        assertThat(result.details().keySet().stream().filter(name -> name.startsWith(CheckResult.STEP)))
                .containsExactly("step.request", "step.answer", "step.request.2", "step.answer.2");
    }

    private CheckResult look(Object... keysAndValues) throws Exception {
        return lookAt(site.port(), keysAndValues);
    }

    /** UP if the fault is empty. */
    private void expect(String fault, Object... keysAndValues) throws Exception {
        var result = look(keysAndValues);
        assertThat(result.health()).as(result.reason()).isEqualTo(fault.isEmpty() ? Health.UP : Health.DOWN);
        if (!fault.isEmpty()) {
            assertThat(result.reason()).endsWith(": " + fault);
        }
    }

    private static String hex(String algorithm, String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
