package io.halcyon.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.json.Json;
import io.halcyon.spi.notify.Notifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server of the JDK. */
@Timeout(60)
class WebhookDeliveryTest {

    private static final String SECRET = "s3cr3t-t0k3n";

    private Receiver receiver;
    private final CountDownLatch testIsOver = new CountDownLatch(1);

    @BeforeEach
    void start() throws IOException {
        receiver = Receiver.plain();
    }

    @AfterEach
    void stop() {
        testIsOver.countDown();
        receiver.close();
    }

    @Test
    void theEventArrivesAsJson() throws Exception {
        deliver();

        var request = receiver.only();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/in?a=b");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("User-Agent")).isEqualTo("Halcyon");
        assertThat(Json.read(request.body(), EventRecord.class)).isEqualTo(Webhooks.transition(17));
    }

    @Test
    void whatIsSentIsTheUsersToSay() throws Exception {
        deliver(
                "method",
                "PUT",
                "headers",
                new String[] {"X-Key: a: b", "content-type: application/cloudevents+json"},
                "template",
                "{\"n\": {id}}");

        var request = receiver.only();
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.header("X-Key")).isEqualTo("a: b");
        assertThat(request.headers().get("Content-Type")).containsExactly("application/cloudevents+json");
        assertThat(request.body()).isEqualTo("{\"n\": 17}");
    }

    @Test
    void credentialsAreSent() throws Exception {
        deliver("token", SECRET);
        deliver("user", "ü", "password", SECRET);

        assertThat(receiver.requests().get(0).header("Authorization")).isEqualTo("Bearer " + SECRET);
        assertThat(receiver.requests().get(1).header("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString(("ü:" + SECRET).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void allAttemptsOfAnEventHaveTheSameIdAndOtherEventsHaveOthers() throws Exception {
        receiver.answering(Receiver.Answer.of(500, ""));
        var notifier = notifier();
        try {
            Webhooks.failure(notifier);
            notifier.deliver(Webhooks.transition(17));
            notifier.deliver(Webhooks.transition(18));
        } finally {
            notifier.close();
        }

        assertThat(receiver.requests())
                .extracting(request -> request.header("X-Halcyon-Event"))
                .containsExactly("lb1-17", "lb1-17", "lb1-18");
        var keys = receiver.requests().stream()
                .map(request -> request.header("Idempotency-Key"))
                .toList();
        assertThat(keys).containsExactly("lb1-17-1782826135310", "lb1-17-1782826135310", "lb1-18-1782826135310");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void everyAnswerOfSuccessIsOne(int status) throws Exception {
        receiver.answering(Receiver.Answer.of(status, ""));

        deliver();
    }

    @ParameterizedTest
    @CsvSource({
        "300, false",
        "301, false",
        "304, false",
        "307, false",
        "400, false",
        "401, false",
        "403, false",
        "404, false",
        "407, false",
        "408, true",
        "410, false",
        "413, false",
        "418, false",
        "422, false",
        "425, true",
        "429, true",
        "500, true",
        "501, true",
        "502, true",
        "503, true",
        "504, true",
        "599, true"
    })
    void theStatusSaysWhetherToTryAgain(int status, boolean again) {
        receiver.answering(Receiver.Answer.of(status, status == 304 ? "" : "because", "Location", "/elsewhere"));

        var failure = Webhooks.failure(notifier());

        assertThat(failure.worthRetrying()).isEqualTo(again);
        assertThat(failure.retryAfter()).isEmpty();
        assertThat(failure)
                .hasMessageStartingWith("http://127.0.0.1:" + receiver.port() + " answered " + status)
                .hasMessageNotContaining("/in");
        // Neither followed nor tried by the client itself.
        assertThat(receiver.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"429, 7, 7", "503, 0, 0", "503, 99999999999999999999, 999999999", "500, 2, 2", "429, soon,", "503, -1,"
    })
    void whoWantsPeaceGetsIt(int status, String field, Long seconds) {
        receiver.answering(Receiver.Answer.of(status, "busy", "Retry-After", field));

        var failure = Webhooks.failure(notifier());

        assertThat(failure.worthRetrying()).isTrue();
        assertThat(failure.retryAfter().map(Duration::toSeconds).orElse(null)).isEqualTo(seconds);
    }

    @Test
    void peaceUntilADate() {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(300).atOffset(ZoneOffset.UTC));
        receiver.answering(
                Receiver.Answer.of(503, "", "Retry-After", date),
                Receiver.Answer.of(503, "", "Retry-After", "Fri, 01 Jan 2021 00:00:00 GMT"));

        assertThat(Webhooks.failure(notifier()).retryAfter().orElseThrow())
                .isBetween(Duration.ofSeconds(250), Duration.ofSeconds(300));
        assertThat(Webhooks.failure(notifier()).retryAfter()).contains(Duration.ZERO);
    }

    @Test
    void nobodyThereAndNobodyKnownIsWorthAnotherTry() throws Exception {
        int port;
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        var refused = Webhooks.failure(Webhooks.notifier("http://127.0.0.1:" + port + "/" + SECRET));
        var unknown = Webhooks.failure(Webhooks.notifier("http://no-such-host.invalid/" + SECRET));

        assertThat(refused.worthRetrying()).isTrue();
        assertThat(refused)
                .hasMessageStartingWith("http://127.0.0.1:" + port + ": ")
                .hasMessageNotContaining(SECRET);
        assertThat(unknown.worthRetrying()).isTrue();
        assertThat(unknown).hasMessage("http://no-such-host.invalid: nobody knows the name no-such-host.invalid");
    }

    @Test
    void aServerThatHangsUpIsWorthAnotherTry() throws Exception {
        receiver.answering(HttpExchange::close);

        var failure = Webhooks.failure(notifier());

        assertThat(failure.worthRetrying()).isTrue();
        assertThat(failure.getMessage()).startsWith("http://127.0.0.1:").doesNotContain("\n");
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() {
        receiver.answering(exchange -> hang());

        var failure = Webhooks.failure(notifier("timeout", 0.3));

        assertThat(failure.worthRetrying()).isTrue();
        assertThat(failure).hasMessageEndingWith(": no answer within 300 ms");
    }

    @Test
    void aRequestThatWasTakenIsTakenAlsoIfTheAnswerNeverEnds() throws Exception {
        receiver.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("o".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            hang();
        });

        deliver("timeout", 0.5);

        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void aRequestThatWasRefusedIsRefusedAlsoIfTheAnswerNeverEnds() {
        receiver.answering(exchange -> {
            exchange.sendResponseHeaders(404, 0);
            exchange.getResponseBody().write("gone".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            hang();
        });

        assertThat(Webhooks.failure(notifier("timeout", 0.5)).worthRetrying()).isFalse();
    }

    @Test
    void aHugeAnswerIsReadInPartAndShownInLittle() {
        var written = new AtomicLong();
        receiver.answering(exchange -> {
            exchange.sendResponseHeaders(400, 0);
            var piece = new byte[1 << 20];
            Arrays.fill(piece, (byte) 'x');
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(piece);
                written.addAndGet(piece.length);
            }
        });

        var failure = Webhooks.failure(notifier());

        assertThat(failure.worthRetrying()).isFalse();
        assertThat(failure.getMessage()).endsWith("xxx...").hasSizeLessThan(400);
        assertThat(written.get()).isLessThan(100L << 20);
    }

    @Test
    void noSecretIsEverSeen() {
        var hidden = new String[] {SECRET, "pathpathpath", "queryquery", "headerheader", "hmachmachmac"};
        receiver.answering(Receiver.Answer.of(403, String.join(" ", hidden) + " " + base64("u:" + SECRET)));
        var notifier = Webhooks.notifier(
                receiver.url("/services/pathpathpath?key=queryquery"),
                "user",
                "u",
                "password",
                SECRET,
                "hmac.secret",
                "hmachmachmac",
                "headers",
                new String[] {"X-Key: headerheader"});

        var failure = Webhooks.failure(notifier);

        assertThat(failure)
                .hasMessageEndingWith(" answered 403: *** *** *** *** *** ***")
                .hasNoCause();
        assertThat(notifier.toString()).doesNotContain(hidden);
    }

    @Test
    void whoClosesIsNotWaitedFor() throws Exception {
        var asked = new CountDownLatch(1);
        receiver.answering(exchange -> {
            asked.countDown();
            hang();
        });
        var notifier = notifier();
        var ended = new CompletableFuture<Throwable>();
        var delivering = new Thread(
                () -> ended.complete(Assertions.catchThrowable(() -> notifier.deliver(Webhooks.transition(17)))));
        delivering.start();
        asked.await();

        delivering.interrupt();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        notifier.close();
    }

    @Test
    void connectionsAreKeptAndThreadsEndWithTheNotifier() throws Exception {
        var notifier = new WebhookNotifierFactory().create("lonely", Webhooks.keys(receiver.url("/")));
        assertThat(threads("webhook-lonely")).isZero();
        for (int i = 1; i <= 20; i++) {
            notifier.deliver(Webhooks.transition(i));
        }
        assertThat(threads("webhook-lonely")).isBetween(1L, 2L);
        assertThat(receiver.clients()).hasSize(1);

        notifier.close();

        while (threads("webhook-lonely") > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void fiveHundredEventsArriveInOrder() throws Exception {
        var notifier = notifier("hmac.secret", SECRET);
        notifier.deliver(Webhooks.transition(0));
        long begun = System.nanoTime();
        for (int id = 1; id < 500; id++) {
            notifier.deliver(Webhooks.transition(id));
        }
        System.out.printf("500 events over HTTP: %d ms%n", (System.nanoTime() - begun) / 1_000_000);
        notifier.close();

        assertThat(receiver.requests())
                .extracting(request -> request.header("X-Halcyon-Event"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(id -> "lb1-" + id).toList());
    }

    @Test
    void aClosedNotifierCanStillSayWhatItIsAskedTo() throws Exception {
        var notifier = notifier();
        notifier.close();

        notifier.deliver(Webhooks.transition(1));
        notifier.close();

        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void whatIsNoAlertIsNotSentToAlertmanager() throws Exception {
        deliver("preset", "alertmanager", "template", "");
        assertThat(receiver.requests()).hasSize(1);

        var notifier = Webhooks.notifier(receiver.url("/"), "preset", "alertmanager");
        notifier.deliver(Webhooks.record(1, new Event.PluginChange("exec", "came")));
        notifier.close();

        assertThat(receiver.requests()).hasSize(1);
        assertThatThrownBy(() -> Json.read(receiver.only().body(), Map.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Notifier notifier(Object... more) {
        return Webhooks.notifier(receiver.url("/in?a=b"), more);
    }

    private void deliver(Object... more) throws Exception {
        var notifier = notifier(more);
        try {
            notifier.deliver(Webhooks.transition(17));
        } finally {
            notifier.close();
        }
    }

    private void hang() {
        try {
            testIsOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }
}
